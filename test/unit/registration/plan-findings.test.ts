import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Desired } from '../../../main/registration/desired.ts';
import type { Observed } from '../../../main/registration/observed.ts';
import { planKeyCredentials } from '../../../main/registration/plan/key-credentials.ts';
import { daysOf } from '../../../main/registration/plan/lifetime.ts';
import { application, connected, directoryGrant, exchangeGrant, planned, withApplication } from './connected-tenant.ts';
import { at, desired, exchangeResource, graphResource, keyCredential, noLimit, ourKey } from './generated-tenant.ts';

const found = (tenant: Partial<Observed>, wish: Partial<Desired> = {}) => planned(tenant, wish).findings;
/** What ticking this finding adds to the plan. */
const ticked = (id: string, tenant: Partial<Observed>, wish: Partial<Desired> = {}) => planned(tenant, { ...wish, accepted: [id] }).changes;
const hashOf = (key: { readonly thumbprintSha256: string | null }) => key.thumbprintSha256 ?? '';

describe('settings of the application', () => {
  it.each([
    [
      'audience',
      { signInAudience: 'AzureADMultipleOrgs' },
      { audience: 'AzureADMultipleOrgs' },
      { change: 'set-audience', was: 'AzureADMultipleOrgs' },
    ],
    ['public-client', { isFallbackPublicClient: true }, {}, { change: 'clear-public-client' }],
  ] as const)('that are not the guide’s are told, and set right when that is ticked: %s', (id, changes, params, change) => {
    expect(found(withApplication(changes))).toEqual([{ finding: id, id, params, acceptable: true }]);
    expect(ticked(id, withApplication(changes))).toEqual([{ change, step: 'registration', removes: true }]);
    expect(planned(withApplication(changes)).changes).toEqual([]);
  });

  it('of other platforms are told, and cannot be ticked', () => {
    const tenant = withApplication({ spaRedirectUris: ['https://spa'], publicClientRedirectUris: ['http://localhost'] });
    expect(found(tenant)).toEqual([
      {
        finding: 'other-platform',
        id: 'other-platform:spa:https://spa',
        params: { platform: 'SPA', uri: 'https://spa' },
        acceptable: false,
      },
      {
        finding: 'other-platform',
        id: 'other-platform:desktop:http://localhost',
        params: { platform: 'Mobile and desktop', uri: 'http://localhost' },
        acceptable: false,
      },
    ]);
  });

  it('of others beside ours are told: redirect URIs', () => {
    expect(found(withApplication({ redirectUris: ['https://x', desired.redirectUri ?? ''] }))).toEqual([
      { finding: 'foreign-redirect-uri', id: 'foreign-redirect-uri:https://x', params: { uri: 'https://x' }, acceptable: false },
    ]);
  });

  it('of the service principal are told, and set right when that is ticked', () => {
    const tenant = { servicePrincipal: { id: 'sp', accountEnabled: false, assignmentRequired: true } };
    expect(found(tenant).map(({ id, acceptable }) => `${id} ${acceptable}`)).toEqual([
      'service-principal-disabled true',
      'assignment-required true',
    ]);
    expect(ticked('service-principal-disabled', tenant)).toEqual([
      { change: { change: 'enable-service-principal', id: 'sp' }, step: 'registration', removes: false },
    ]);
    expect(ticked('assignment-required', tenant)).toEqual([
      { change: { change: 'clear-assignment-required', id: 'sp' }, step: 'registration', removes: true },
    ]);
    expect(found({ servicePrincipal: null })).toEqual([]);
  });

  it('come before what they are wanted for: a removal first, then the rest', () => {
    const tenant = withApplication({ isFallbackPublicClient: true, idTokens: false });
    expect(ticked('public-client', tenant).map(({ change }) => change.change)).toEqual(['clear-public-client', 'enable-id-tokens']);
  });
});

describe('applications of the same name', () => {
  const other = {
    clientId: 'x',
    objectId: 'y',
    displayName: 'MailStore Server',
    createdDateTime: '2025-01-01T00:00:00Z',
    uniqueName: null,
  };
  const told = {
    finding: 'same-name-application',
    id: 'same-name-application:x',
    params: { name: 'MailStore Server', clientId: 'x', created: '2025-01-01T00:00:00Z' },
    acceptable: false,
  };

  it('are told, and its own is none', () => {
    expect(found({ sameName: [other, { ...other, clientId: application.clientId }] })).toEqual([told]);
    expect(found({ application: null, sameName: [other] })).toEqual([told]);
  });
});

describe('the policy', () => {
  it('that nobody here may read is told', () => {
    const told = [{ finding: 'policy-unreadable', id: 'policy-unreadable', params: {}, acceptable: false }];
    expect(found({ policy: null })).toEqual(told);
    expect(found({ application: null, policy: null })).toEqual(told);
  });

  const limit = (maxLifetimeSeconds: number) => ({
    ...withApplication({ keyCredentials: [] }),
    policy: { ...noLimit, maxLifetimeSeconds },
  });
  const lifetime = (Date.parse('2028-02-24T11:50:00Z') - Date.parse('2026-11-24T11:50:00Z')) / 1000;

  it('is an obstacle where the certificate lives longer than it allows, and no second less', () => {
    expect(planned(limit(lifetime)).obstacles).toEqual([]);
    expect(planned(limit(lifetime - 1)).obstacles).toEqual([
      {
        code: 'registration.policy-lifetime',
        params: { policy: noLimit.displayName, policyId: noLimit.id, subject: 'CN=MailStore Server', days: 457, limit: 457 },
      },
    ]);
    expect(planKeyCredentials(desired, limit(lifetime - 1)).obstacles).toHaveLength(1);
  });

  it('is one where it asks for an authority and the certificate has none', () => {
    const demanding = { ...withApplication({ keyCredentials: [] }), policy: { ...noLimit, trustedAuthorityRequired: true } };
    expect(planned(demanding).obstacles.map(({ code }) => code)).toEqual(['registration.policy-authority']);
    if (desired.certificate === null) throw new Error('no certificate');
    expect(planned(demanding, { certificate: { ...desired.certificate, selfSigned: false } }).obstacles).toEqual([]);
  });

  it('says nothing against a certificate that is published already, or is still to come', () => {
    const strict = { policy: { ...noLimit, maxLifetimeSeconds: 1, trustedAuthorityRequired: true } };
    expect(planned(strict).obstacles).toEqual([]);
    expect(planned({ ...withApplication({ keyCredentials: [] }), ...strict }, { certificate: null }).obstacles).toEqual([]);
    expect(planned({ application: null, ...strict }).obstacles).toHaveLength(2);
    const another = keyCredential(randomBytes(16), 'k0000000-0000-4000-8000-000000000009', '2029-01-01T00:00:00Z');
    expect(planned({ ...withApplication({ keyCredentials: [another] }), ...strict }).obstacles).toHaveLength(2);
    expect(planned({ ...withApplication({ keyCredentials: [] }), policy: null }).obstacles).toEqual([]);
  });

  it('counts days to two places', () => {
    expect([daysOf(86_400), daysOf(43_200), daysOf(90_000), daysOf(100)]).toEqual([1, 0.5, 1.04, 0]);
  });

  it('cut nothing where nobody asked for more, there is no limit or no certificate', () => {
    const asked = { askedEnd: '2099-01-01T00:00:00Z' };
    const tenant = { policy: { ...noLimit, maxLifetimeSeconds: lifetime } };
    expect(found(tenant, asked)).toHaveLength(1);
    expect(found(tenant)).toEqual([]);
    expect(found({}, asked)).toEqual([]);
    expect(planKeyCredentials({ ...desired, ...asked }, { ...connected, policy: null }).findings).toEqual([]);
    expect(found(tenant, { ...asked, certificate: null }).map(({ finding }) => finding)).not.toContain('lifetime-clamped');
  });
});

describe('a permission that the tenant does not offer', () => {
  it.each([
    ['role', { ...graphResource, roles: { ...graphResource.scopes } }, 'Directory.Read.All'],
    ['scope', { ...graphResource, scopes: { ...graphResource.roles } }, 'User.Read'],
  ])('is an obstacle: %s', (_, resource, value) => {
    const { obstacles } = planned({ resources: { ...connected.resources, [graphResource.appId]: resource } });
    expect(obstacles).toEqual([{ code: 'registration.role-missing', params: { value, resource: 'Microsoft Graph' } }]);
  });

  it('is none where the resource is still to be instantiated', () => {
    expect(planned({ resources: { ...connected.resources, [exchangeResource.appId]: null } }).obstacles).toEqual([]);
  });
});

describe('roles that others granted', () => {
  const mail = {
    id: 'g4',
    appRoleId: exchangeResource.roles['Mail.Read'] ?? '',
    principalId: 'sp',
    resourceId: exchangeResource.servicePrincipalId,
  };
  const withGrant = (grant: object) => ({ roleGrants: [directoryGrant, exchangeGrant, { ...mail, ...grant }] });

  it('are told by name, and revoked when that is ticked', () => {
    expect(found(withGrant({}))).toEqual([
      {
        finding: 'foreign-grant',
        id: 'foreign-grant:g4',
        params: { value: 'Mail.Read', resource: 'Office 365 Exchange Online', needed: 'no', profile: '' },
        acceptable: true,
      },
    ]);
    expect(ticked('foreign-grant:g4', withGrant({}))).toEqual([
      {
        change: {
          change: 'revoke-role',
          resourceId: exchangeResource.servicePrincipalId,
          assignmentId: 'g4',
          value: 'Mail.Read',
          resource: 'Office 365 Exchange Online',
        },
        step: 'consent',
        removes: true,
      },
    ]);
  });

  it.each([
    [{ appRoleId: 'unknown' }, 'unknown', 'Office 365 Exchange Online'],
    [{ resourceId: 'elsewhere', resourceDisplayName: 'SharePoint' }, mail.appRoleId, 'SharePoint'],
    [{ resourceId: 'elsewhere' }, mail.appRoleId, 'elsewhere'],
  ])('are told by what is known of them: %j', (grant, value, resource) => {
    expect(found(withGrant(grant))[0]?.params).toMatchObject({ value, resource });
  });

  it('are foreign on another resource also where a role of the profile has the same id', () => {
    const sameId = { ...directoryGrant, id: 'g9', resourceId: exchangeResource.servicePrincipalId };
    expect(found({ roleGrants: [directoryGrant, exchangeGrant, sameId] }).map(({ id }) => id)).toEqual(['foreign-grant:g9']);
  });

  it('say which servers were handed over with a profile that needs them', () => {
    const needing = (profile: string, resourceAppId: string, value: string) => ({ profile, resourceAppId, value });
    const handedOver = [
      needing('mailstore-graph', exchangeResource.appId, 'Mail.Read'),
      needing('own', exchangeResource.appId, 'Mail.Read'),
      needing('own', exchangeResource.appId, 'Mail.Read'),
      needing('another', graphResource.appId, 'Mail.Read'),
      needing('third', exchangeResource.appId, 'full_access_as_app'),
    ];
    expect(found(withGrant({}), { handedOver })[0]?.params).toMatchObject({ needed: 'yes', profile: 'mailstore-graph, own' });
  });
});

describe('key credentials that are not of this credential', () => {
  const key = keyCredential(randomBytes(16), 'k0000000-0000-4000-8000-000000000001', '2029-01-01T00:00:00Z');
  const beside = (changes: Partial<typeof key>) => withApplication({ keyCredentials: [ourKey, { ...key, ...changes }] });
  const id = key.entry.keyId;
  const params = { keyId: id, name: 'CN=somebody', thumbprint: key.thumbprint, end: '2029-01-01T00:00:00Z' };

  it('are told, and stay', () => {
    const told = [{ finding: 'foreign-key-credential', id: `foreign-key-credential:${id}`, params, acceptable: false }];
    expect(found(beside({}))).toEqual(told);
    expect(planKeyCredentials(desired, beside({})).findings).toEqual(told);
    expect(found(beside({ thumbprintSha256: null, thumbprint: null }))).toMatchObject([{ params: { thumbprint: '' }, acceptable: false }]);
  });

  it('that have ended can be ticked away', () => {
    const ended = beside({ endDateTime: '2026-11-24T11:59:59Z' });
    expect(found(ended)).toMatchObject([{ finding: 'expired-key-credential', id: `expired-key-credential:${id}`, acceptable: true }]);
    const removal = {
      change: { change: 'remove-key-credential', keyId: id, displayName: 'CN=somebody', ours: false, thumbprint: key.thumbprint },
      step: 'key-credential',
      removes: true,
    };
    expect(ticked(`expired-key-credential:${id}`, ended)).toEqual([removal]);
    expect(planKeyCredentials({ ...desired, accepted: [`expired-key-credential:${id}`] }, ended).changes).toEqual([removal]);
    expect(planKeyCredentials(desired, ended).changes).toEqual([]);
    expect(found(beside({ endDateTime: at }))).toMatchObject([{ finding: 'foreign-key-credential' }]);
  });

  it('whose key is in the keychain are ours all the same, and cannot be ticked', () => {
    const held = (own: boolean) => {
      const thumbprints = [key.thumbprint ?? ''];
      return found(beside({ endDateTime: '2020-01-01T00:00:00Z' }), {
        heldThumbprints: { own: own ? thumbprints : [], others: own ? [] : thumbprints },
      });
    };
    for (const own of [true, false])
      expect(held(own)).toEqual([
        {
          finding: 'own-key-credential',
          id: `own-key-credential:${id}`,
          params: { ...params, end: '2020-01-01', whose: own ? 'own' : 'other' },
          acceptable: false,
        },
      ]);
  });
});

describe('key credentials that were ours', () => {
  const key = keyCredential(randomBytes(16), 'k0000000-0000-4000-8000-000000000002', '2027-06-01T00:00:00Z');
  const id = `leftover-key-credential:${key.entry.keyId}`;
  const hash = hashOf(key);
  const there = (changes: Partial<typeof key> = {}, current: Partial<typeof ourKey> | null = {}) =>
    withApplication({ keyCredentials: [...(current === null ? [] : [{ ...ourKey, ...current }]), { ...key, ...changes }] });
  const wish = (mayGo: string | null | undefined, more: Partial<Desired> = {}): Partial<Desired> => ({
    earlierThumbprints: [hash],
    earlierMayGoFrom: mayGo === undefined ? {} : { [hash]: mayGo },
    ...more,
  });
  const told = (...given: Parameters<typeof found>) =>
    found(...given).map(({ finding, params, acceptable }) => [finding, params['why'], params['waits'], params['from'], acceptable]);
  const soon = '2026-11-24T12:00:00.001Z';

  it('wait for the handover, then the overlap, and go when they are ticked', () => {
    const leftover = 'leftover-key-credential';
    expect(told(there(), wish(null))).toEqual([[leftover, 'superseded', 'handover', '', false]]);
    expect(told(there(), wish(undefined))).toEqual([[leftover, 'superseded', 'handover', '', false]]);
    expect(told(there(), wish(soon))).toEqual([[leftover, 'superseded', 'overlap', '2026-11-24', false]]);
    expect(told(there(), wish(at))).toEqual([[leftover, 'superseded', 'nothing', '2026-11-24', true]]);
    expect(found(there(), wish(at))[0]).toMatchObject({
      id,
      params: { keyId: key.entry.keyId, thumbprint: key.thumbprint, end: '2027-06-01' },
    });
    expect(ticked(id, there(), wish(at))).toEqual([
      {
        change: {
          change: 'remove-key-credential',
          keyId: key.entry.keyId,
          displayName: 'CN=somebody',
          ours: true,
          thumbprint: key.thumbprint,
        },
        step: 'key-credential',
        removes: true,
      },
    ]);
    expect(ticked(id, there(), wish(soon))).toEqual([]);
  });

  it('wait for the current one to be there and valid', () => {
    expect(told(there({}, null), wish(at))).toEqual([['leftover-key-credential', 'superseded', 'current', '2026-11-24', false]]);
    expect(told(there({}, { endDateTime: at }), wish(at))[0]?.[2]).toBe('current');
    expect(told(there({}, { endDateTime: soon }), wish(at))[0]?.[2]).toBe('nothing');
  });

  it('that have ended can be ticked away, whatever was handed over', () => {
    expect(told(there({ endDateTime: at }), wish(null))).toEqual([['leftover-key-credential', 'expired', 'nothing', '', true]]);
    expect(told(there({ endDateTime: soon }), wish(null))[0]?.[1]).toBe('superseded');
    expect(told(there({ endDateTime: at, thumbprint: null }), wish(null, { certificate: null })).at(-1)?.[2]).toBe('nothing');
  });

  it('and that an open rotation replaces are no leftovers before their time', () => {
    expect(told(there(), wish(null, { predecessorThumbprint: hash }))).toEqual([]);
    expect(told(there(), wish(at, { predecessorThumbprint: hash }))).toHaveLength(1);
    expect(told(there(), wish(null, { predecessorThumbprint: 'another' }))).toHaveLength(1);
  });

  it('and that the plan removes already are not told', () => {
    expect(found(there(), wish(at, { retiredThumbprints: [hash] }))).toEqual([]);
  });

  it('are told by their certificate alone', () => {
    expect(told(there({ thumbprintSha256: null }), wish(at)).map(([finding]) => finding)).toEqual(['foreign-key-credential']);
    expect(found(withApplication({ keyCredentials: [ourKey] }), { earlierThumbprints: [hashOf(ourKey)] })).toEqual([]);
    expect(found({ application: null }, wish(at))).toEqual([]);
  });
});
