import { describe, expect, it } from 'vitest';
import { checks, type CheckName } from '../../../main/registration/verify/checks/index.ts';
import type { Evidence } from '../../../main/registration/verify/evidence.ts';
import { certificate, contextOf, inApplication, record, seen, token, type Situation } from './check-context.ts';
import { connected, directoryGrant } from './connected-tenant.ts';
import { at, desired, ourKey } from './generated-tenant.ts';
import { failure } from './writes.ts';

function told(check: CheckName, situation: Situation): unknown {
  const { evidence } = checks[check].validate(contextOf(situation));
  return typeof evidence === 'string' ? evidence : evidence.params;
}
const { thumbprint } = certificate;
const uri = desired.redirectUri;
const key = (changes: Partial<typeof ourKey>) => inApplication({ keyCredentials: [{ ...ourKey, ...changes }] });
const withGraph = (claims: Parameters<typeof token>[0]): Situation => ({ evidence: { tokens: { graph: token(claims) } } });
const scopes = 'openid profile email User.Read';
const roles = 'Directory.Read.All, full_access_as_app';

describe('what a check says besides its outcome', () => {
  it.each<[CheckName, string, Situation, object]>([
    ['graph-read', 'a read', { evidence: { read: { ok: true, users: 3 } } }, { users: 3 }],
    ['key-credential', 'a certificate that is missing', inApplication({ keyCredentials: [] }), { thumbprint }],
    ['key-credential', 'one that is there twice', inApplication({ keyCredentials: [ourKey, ourKey] }), { thumbprint, count: 2 }],
    ['key-credential', 'one that is over', { record: { certificate: { ...certificate, notAfter: at } } }, { thumbprint, end: at }],
    ['key-credential', 'one whose entry is over', key({ endDateTime: '2026-11-24T12:00:00Z' }), { thumbprint, end: at }],
    ['redirect-uri', 'a redirect URI', seen({}), { uri }],
    [
      'redirect-uri',
      'the others there',
      inApplication({ redirectUris: ['https://x', 'https://y'] }),
      { uri, found: 'https://x, https://y' },
    ],
    ['redirect-uri', 'that none is there', inApplication({ redirectUris: [] }), { uri, found: '–' }],
    ['logout-url', 'the address', inApplication({ logoutUrl: 'https://x' }), { url: 'https://x' }],
    ['roles-granted', 'the roles', seen({}), { tenant: 'Contoso', roles }],
    ['roles-granted', 'the missing one', seen({ roleGrants: [directoryGrant] }), { roles: 'full_access_as_app' }],
    ['roles-granted', 'those of a resource that is not there', seen({ resources: {} }), { roles }],
    ['service-principal', 'its id', seen({}), { id: 'sp' }],
    ['sign-in-consent', 'the scopes', seen({}), { tenant: 'Contoso', scopes }],
    ['sign-in-consent', 'the missing ones', seen({ delegatedGrants: [] }), { scopes }],
    ['sign-in-consent', 'those of a resource that is not there', seen({ resources: {} }), { scopes }],
    ['logout-url', 'which application is gone', seen({ application: null }), { clientId: record.clientId }],
    ['logout-url', 'that there is none yet', { ...seen({ application: null }), record: { clientId: null } }, { clientId: '–' }],
    ['token-graph', 'whose token it is', withGraph({ tid: 'another', appid: 'other' }), { tenant: 'another', application: 'other' }],
    [
      'token-graph',
      'what the token is for',
      withGraph({ aud: 'https://x' }),
      { audience: 'https://x', wanted: 'https://graph.microsoft.com' },
    ],
    ['token-graph', 'that it is for nothing', withGraph({ aud: '' }), { audience: '–', wanted: 'https://graph.microsoft.com' }],
  ])('is, for %s, %s', (check, _, situation, params) => {
    expect(told(check, situation)).toEqual(params);
  });

  it('is the step in which Microsoft refused, and Microsoft’s own words', () => {
    const fault = failure('forbidden', 403);
    expect(told('graph-read', { evidence: { read: { ok: false, fault } } })).toMatchObject({
      step: 'verify',
      detail: 'Because.',
      status: 403,
    });
  });

  it('is nothing about the certificate where a token was taken for one that is not stored any more', () => {
    expect(told('token-graph', { record: { certificate: null }, evidence: { tokens: { graph: token() } } })).toMatchObject({
      thumbprint: '',
    });
  });
});

describe('a certificate that is still to come', () => {
  it('is missed nowhere but in an application that is there', () => {
    const without = { record: { certificate: null } };
    expect(checks['key-credential'].validate(contextOf({ ...without, ...seen({ application: null }) })).result).toBe('failed');
    expect(checks['key-credential'].validate(contextOf({ ...without, ...seen({}) })).result).toBe('pending');
  });
});

describe('a role that the view of the tenant lacks', () => {
  const behind = ['role r Mail.Read'] as const;
  const lacking = seen({ roleGrants: [directoryGrant] }).evidence;
  const graph = token();
  const exchange = (given: readonly string[]) => token({ aud: 'https://outlook.office365.com', roles: [...given] });
  const result = (tokens: Evidence['tokens'], more: Situation = {}) =>
    checks['roles-granted'].validate(contextOf({ behind, evidence: { ...lacking, tokens }, ...more })).result;

  it('is waited for while the view is behind and tokens have it', () => {
    expect(result({ graph, exchange: exchange(['full_access_as_app']) })).toBe('pending');
    expect(result({})).toBe('pending');
    expect(result({ graph, exchange: { notTestable: 'key-missing' } })).toBe('pending');
  });

  it('is gone where a token that is issued now lacks it, of whichever resource', () => {
    expect(result({ graph, exchange: exchange([]) })).toBe('failed');
    expect(result({ graph: token({ roles: [] }), exchange: exchange(['full_access_as_app']) })).toBe('failed');
  });

  it('is waited for where a token may not know it yet, or nobody has consented', () => {
    expect(result({ graph, exchange: exchange([]) }, { replicating: true })).toBe('pending');
    expect(result({ graph, exchange: exchange([]) }, { consentOutstanding: true })).toBe('pending');
  });

  it('decides nothing where the view shows it', () => {
    const tokens = { graph, exchange: exchange([]) };
    const shown = { view: { observed: connected, by: 'credential' as const }, tokens };
    expect(checks['roles-granted'].validate(contextOf({ behind, evidence: shown })).result).toBe('passed');
  });
});
