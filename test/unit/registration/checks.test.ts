import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { Fault } from '../../../main/faults.ts';
import type { Observed } from '../../../main/registration/observed.ts';
import { checks, type CheckName } from '../../../main/registration/verify/checks/index.ts';
import { tokenResources, type Evidence, type TokenEvidence } from '../../../main/registration/verify/evidence.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { failure } from './writes.ts';
import { connected, directoryGrant, exchangeGrant, signInGrant, withApplication } from './connected-tenant.ts';
import { at, desired, exchangeResource, graphResource, ourKey, permissions } from './generated-tenant.ts';
import { certificate, contextOf, inApplication, record, seen, token, verdict, type Situation } from './check-context.ts';

const withToken = (graph: TokenEvidence | undefined, more: Situation = {}): Situation => ({
  ...more,
  evidence: { tokens: graph === undefined ? {} : { graph } },
});

describe('a token', () => {
  const refusal = new Fault('token.key-not-found');
  const other = new Fault('token.credential-refused');

  it.each<[string, Situation, string, string]>([
    ['of this application in this tenant with the roles', withToken(token()), 'passed', 'passed'],
    ['for the address with a slash', withToken(token({ aud: 'https://graph.microsoft.com/' })), 'passed', 'passed'],
    ['for the app id of the resource', withToken(token({ aud: resourceAppIds.graph })), 'passed', 'passed'],
    ['for another resource', withToken(token({ aud: 'https://outlook.office365.com' })), 'failed', 'other-audience'],
    ['for the app id of another resource', withToken(token({ aud: resourceAppIds.exchange })), 'failed', 'other-audience'],
    ['for nothing', withToken(token({ aud: '' })), 'failed', 'other-audience'],
    ['of another application', withToken(token({ appid: 'another' })), 'failed', 'other-identity'],
    ['of another tenant', withToken(token({ tid: 'another' })), 'failed', 'other-identity'],
    ['without the roles', withToken(token({ roles: ['Mail.Read'] })), 'failed', 'roles-missing'],
    ['without the roles, just granted', withToken(token({ roles: [] }), { replicating: true }), 'pending', 'roles-missing'],
    ['without the roles, not consented to', withToken(token({ roles: [] }), { consentOutstanding: true }), 'pending', 'roles-missing'],
    ['that needs a certificate that is not there', withToken({ notTestable: 'no-certificate' }), 'pending', 'no-certificate'],
    ['that nobody took', withToken(undefined), 'pending', 'no-certificate'],
    ['whose key is lost', withToken({ notTestable: 'key-missing' }), 'failed', 'key-missing'],
    ['whose key the server has', withToken({ notTestable: 'external' }), 'not-testable', 'external'],
  ])('%s is %s', (_, situation, result, code) => {
    expect(verdict('token-graph', situation)).toEqual([result, `check.token.${code}`]);
  });

  it('that is refused is pending only where what was refused may still be replicating', () => {
    expect(verdict('token-graph', withToken({ fault: refusal }))).toEqual(['failed', 'fault.token.key-not-found']);
    expect(verdict('token-graph', withToken({ fault: refusal }, { replicating: true }))).toEqual(['pending', 'fault.token.key-not-found']);
    expect(verdict('token-graph', withToken({ fault: new Fault('token.key-expired') }, { replicating: true }))[0]).toBe('failed');
    expect(verdict('token-graph', withToken({ fault: other }))[0]).toBe('failed');
  });

  it('names the roles it misses, of its own resource alone', () => {
    const evidence = { tokens: { exchange: token({ aud: 'https://outlook.office365.com', roles: [] }) } };
    const { evidence: told } = checks['token-exchange'].validate(contextOf({ evidence }));
    expect(told).toEqual({ code: 'check.token.roles-missing', params: { roles: 'full_access_as_app' } });
    const all = { tokens: { exchange: token({ aud: 'https://outlook.office365.com', roles: ['full_access_as_app', 'Mail.Read'] }) } };
    expect(checks['token-exchange'].validate(contextOf({ evidence: all })).evidence).toEqual({
      code: 'check.token.passed',
      params: {
        roles: 'full_access_as_app, Mail.Read',
        application: record.clientId,
        tenant: record.tenantId,
        thumbprint: certificate.thumbprint,
      },
    });
  });

  it('for Exchange is needed where the profile has an application permission there', () => {
    expect(tokenResources(permissions)).toEqual(['graph', 'exchange']);
    expect(tokenResources(permissions.slice(0, 2))).toEqual(['graph']);
    expect(tokenResources(permissions.map((each) => ({ ...each, type: 'Scope' as const })))).toEqual(['graph']);
    expect(checks['token-exchange'].applies(record)).toBe(true);
    expect(checks['token-exchange'].applies({ ...record, profile: { ...record.profile, permissions: permissions.slice(0, 2) } })).toBe(
      false,
    );
  });
});

describe('the certificate in the tenant', () => {
  const key = (changes: Partial<typeof ourKey>) => inApplication({ keyCredentials: [{ ...ourKey, ...changes }] });
  it.each<[string, Situation, string, string]>([
    ['that is there once', seen({}), 'passed', 'passed'],
    ['that is not there', inApplication({ keyCredentials: [] }), 'failed', 'missing'],
    ['whose place another has', key({ thumbprintSha256: 'F'.repeat(64) }), 'failed', 'missing'],
    ['that is published twice', inApplication({ keyCredentials: [ourKey, ourKey] }), 'failed', 'twice'],
    ['that has ended', { ...seen({}), record: { certificate: { ...certificate, notAfter: at } } }, 'failed', 'expired'],
    ['whose entry has ended', key({ endDateTime: at }), 'failed', 'ended'],
    ['that is still to come', { ...seen({}), record: { certificate: null } }, 'pending', 'waiting'],
  ])('%s is %s', (_, situation, result, code) => {
    expect(verdict('key-credential', situation)).toEqual([result, `check.key-credential.${code}`]);
  });

  it('that is still to come is waited for, also where nobody may look', () => {
    const evidence = { view: { observed: null, reason: 'external' as const } };
    expect(verdict('key-credential', { record: { certificate: null }, evidence })).toEqual(['pending', 'check.key-credential.waiting']);
    expect(verdict('key-credential', { evidence })).toEqual(['not-testable', 'check.view.external']);
  });

  it('is shown beside ours, with both dates', () => {
    const { compared, evidence } = checks['key-credential'].validate(contextOf(seen({})));
    const here = { thumbprint: certificate.thumbprint, notBefore: certificate.notBefore, notAfter: certificate.notAfter };
    const there = { thumbprint: ourKey.thumbprint, notBefore: '2024-01-01T00:00:00.000Z', notAfter: '2028-02-24T11:50:00.000Z' };
    expect(compared).toEqual({ here, there });
    expect(evidence).toMatchObject({
      params: {
        here: `${certificate.thumbprint}, 2026-11-24 – 2028-02-24`,
        there: `${certificate.thumbprint}, 2024-01-01 – 2028-02-24`,
      },
    });
    expect(checks['key-credential'].validate(contextOf(inApplication({ keyCredentials: [] }))).compared).toEqual({ here, there: null });
  });
});

describe('the registration', () => {
  const grants = [directoryGrant, exchangeGrant];
  it.each<[CheckName, string, Situation, string, string]>([
    ['redirect-uri', 'there among others', inApplication({ redirectUris: ['https://x', desired.redirectUri ?? ''] }), 'passed', 'passed'],
    ['redirect-uri', 'not there', inApplication({ redirectUris: ['https://x'] }), 'failed', 'missing'],
    ['id-tokens', 'on', seen({}), 'passed', 'passed'],
    ['id-tokens', 'off', inApplication({ idTokens: false }), 'failed', 'off'],
    ['id-tokens', 'on beside access tokens', inApplication({ accessTokens: true }), 'failed', 'access-tokens-on'],
    ['logout-url', 'empty', seen({}), 'passed', 'passed'],
    ['logout-url', 'set', inApplication({ logoutUrl: 'https://x' }), 'failed', 'set'],
    ['service-principal', 'there', seen({}), 'passed', 'passed'],
    ['service-principal', 'not there', seen({ servicePrincipal: null }), 'failed', 'missing'],
    [
      'service-principal',
      'disabled',
      seen({ servicePrincipal: { id: 'sp', accountEnabled: false, assignmentRequired: false } }),
      'failed',
      'disabled',
    ],
    [
      'service-principal',
      'for some only',
      seen({ servicePrincipal: { id: 'sp', accountEnabled: true, assignmentRequired: true } }),
      'failed',
      'assignment-required',
    ],
    ['roles-granted', 'all', seen({ roleGrants: grants }), 'passed', 'passed'],
    ['roles-granted', 'one missing', seen({ roleGrants: [directoryGrant] }), 'failed', 'missing'],
    [
      'roles-granted',
      'by another resource',
      seen({ roleGrants: [directoryGrant, { ...exchangeGrant, resourceId: graphResource.servicePrincipalId }] }),
      'failed',
      'missing',
    ],
    [
      'roles-granted',
      'another of the resource',
      seen({ roleGrants: [directoryGrant, { ...exchangeGrant, appRoleId: exchangeResource.roles['Mail.Read'] ?? '' }] }),
      'failed',
      'missing',
    ],
    ['roles-granted', 'not consented to', { ...seen({ roleGrants: [] }), consentOutstanding: true }, 'pending', 'missing'],
    ['sign-in-consent', 'for everybody', seen({}), 'passed', 'passed'],
    ['sign-in-consent', 'for one person', seen({ delegatedGrants: [{ ...signInGrant, consentType: 'Principal' }] }), 'failed', 'missing'],
    ['sign-in-consent', 'for another resource', seen({ delegatedGrants: [{ ...signInGrant, resourceId: 'x' }] }), 'failed', 'missing'],
    [
      'sign-in-consent',
      'without a scope',
      seen({ delegatedGrants: [{ ...signInGrant, scope: 'openid profile email' }] }),
      'failed',
      'missing',
    ],
    ['sign-in-consent', 'not consented to', { ...seen({ delegatedGrants: [] }), consentOutstanding: true }, 'pending', 'missing'],
  ])('%s %s is %s', (check, _, situation, result, code) => {
    expect(verdict(check, situation)).toEqual([result, `check.${check}.${code}`]);
  });

  it('that is gone fails every check of it', () => {
    expect(verdict('logout-url', seen({ application: null }))).toEqual(['failed', 'check.application-missing']);
  });

  it.each(['external', 'no-token', 'not-permitted'] as const)('that nobody may see (%s) is not testable', (reason) => {
    expect(verdict('logout-url', { evidence: { view: { observed: null, reason } } })).toEqual(['not-testable', `check.view.${reason}`]);
  });

  it('that fails for the credential and is right for the administrator who has just written it is still replicating', () => {
    const behind = withApplication({ idTokens: false });
    const by = (view: Evidence['view'], administratorView: Observed | null) =>
      verdict('id-tokens', { evidence: { view, administratorView } })[0];
    expect(by({ observed: behind, by: 'credential' }, connected)).toBe('pending');
    expect(by({ observed: behind, by: 'credential' }, behind)).toBe('failed');
    expect(by({ observed: behind, by: 'credential' }, { ...connected, application: null })).toBe('failed');
    expect(by({ observed: behind, by: 'credential' }, null)).toBe('failed');
    expect(by({ observed: behind, by: 'administrator' }, connected)).toBe('failed');
    expect(by({ observed: connected, by: 'credential' }, behind)).toBe('passed');
    expect(by({ observed: connected, by: 'credential' }, connected)).toBe('passed');
  });
});

describe('a read with the credential’s own token', () => {
  const fault = failure('forbidden', 403);
  it.each<[string, Situation, string, string]>([
    ['that no role allows', { evidence: { read: null } }, 'not-testable', 'check.graph-read.none'],
    ['that succeeded', { evidence: { read: { ok: true, users: 1 } } }, 'passed', 'check.graph-read.passed'],
    ['that was refused', { evidence: { read: { ok: false, fault } } }, 'failed', 'fault.registration.not-permitted'],
    [
      'that was refused just after a grant',
      { evidence: { read: { ok: false, fault } }, replicating: true },
      'pending',
      'fault.registration.not-permitted',
    ],
  ])('%s is %s', (_, situation, result, code) => {
    expect(verdict('graph-read', situation)).toEqual([result, code]);
  });
});

it('which checks a credential has follows from its custody, its profile and whether people sign in', () => {
  const having = (changes: Partial<CredentialRecord>) =>
    Object.entries(checks).flatMap(([name, rule]) => (rule.applies({ ...record, ...changes }) ? [name] : []));
  // What other profiles than this one have.
  const others = ['mail-read', 'imap', 'mailbox-permission', 'directory-role'];
  const all = Object.keys(checks).filter((name) => !others.includes(name) && !name.startsWith('server-'));
  expect(having({})).toEqual(all);
  expect(having({ custody: 'external' })).toEqual(all.filter((name) => name !== 'graph-read'));
  expect(having({ redirectUri: null })).toEqual(all.filter((name) => !['redirect-uri', 'id-tokens', 'logout-url'].includes(name)));
  const reading = [{ ...permissions[1], type: 'Role' as const, value: 'Mail.Read' }] as typeof permissions;
  expect(having({ profile: { ...record.profile, permissions: reading } })).toEqual(
    Object.keys(checks).filter(
      (name) =>
        !name.startsWith('server-') &&
        !['token-exchange', 'sign-in-consent', 'imap', 'ews-allowed', 'mailbox-permission', 'directory-role'].includes(name),
    ),
  );
  const ofServer = (changes: Partial<CredentialRecord>) =>
    Object.entries(checks).flatMap(([name, rule]) =>
      name.startsWith('server-') && rule.applies({ ...record, ...changes }, true) ? [name] : [],
    );
  expect(ofServer({})).toEqual(['server-credential', 'server-certificate', 'server-selected', 'server-redirect-uri', 'server-archiving']);
  expect(ofServer({ redirectUri: null })).toEqual(['server-credential', 'server-certificate', 'server-archiving']);
});
