import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ObservedKeyCredential } from '../../../main/registration/observed.ts';
import { planKeyCredentials } from '../../../main/registration/plan/key-credentials.ts';
import { application, changesIn, connected, planned, withApplication } from './connected-tenant.ts';
import { at, desired, exchangeResource, graphResource, keyCredential, noLimit, ourKey } from './generated-tenant.ts';

if (desired.certificate === null) throw new Error('no certificate');
const { certificate } = desired;
const kinds = (...given: Parameters<typeof changesIn>) => changesIn(...given).map(({ change }) => change.change);

describe('an application', () => {
  it('that is not there is created first, with all that it is to have', () => {
    const { changes } = planned({ application: null, servicePrincipal: null, roleGrants: [], delegatedGrants: [] });
    expect(changes.map(({ change, step, removes }) => `${step} ${change.change} ${removes}`)).toEqual([
      'registration create-application false',
      'key-credential add-key-credential false',
      'user-sign-in set-redirect-uris false',
      'user-sign-in enable-id-tokens false',
      'permissions require-permission false',
      'permissions require-permission false',
      'permissions require-permission false',
      'registration create-service-principal false',
      'consent grant-role false',
      'consent grant-role false',
      'consent grant-scopes false',
    ]);
    expect(changes[0]?.change).toEqual({ change: 'create-application', displayName: 'MailStore Server', uniqueName: 'tenant-keyring-1' });
    expect(changes[2]?.change).toEqual({ change: 'set-redirect-uris', uris: [desired.redirectUri], added: desired.redirectUri });
  });

  it('in the recycle bin comes back first: what else is to do is seen then', () => {
    const deletedApplication = { objectId: 'o', servicePrincipalId: 's' };
    expect(planned({ application: null, servicePrincipal: null, deletedApplication })).toEqual({
      changes: [{ change: { change: 'restore-application', ...deletedApplication }, step: 'registration', removes: false }],
      findings: [],
      obstacles: [],
    });
    // One that is there again needs nothing.
    expect(changesIn({ deletedApplication })).toEqual([]);
  });

  it('that was adopted and is gone is an obstacle, and nothing is made in its place', () => {
    expect(planned({ application: null }, { uniqueName: null, clientId: 'gone' })).toEqual({
      changes: [],
      findings: [],
      obstacles: [{ code: 'registration.application-missing', params: { clientId: 'gone', tenant: 'Contoso' } }],
    });
  });
});

describe('the sign-in of users', () => {
  const elsewhere = withApplication({ redirectUris: ['https://other.example/cb'], idTokens: false });

  it('gets its redirect URI beside those of others, and ID tokens', () => {
    expect(changesIn(elsewhere)).toEqual([
      {
        change: { change: 'set-redirect-uris', uris: ['https://other.example/cb', desired.redirectUri], added: desired.redirectUri },
        step: 'user-sign-in',
        removes: false,
      },
      { change: { change: 'enable-id-tokens' }, step: 'user-sign-in', removes: false },
    ]);
    expect(kinds(withApplication({ idTokens: false }))).toEqual(['enable-id-tokens']);
    expect(kinds(withApplication({ redirectUris: [] }))).toEqual(['set-redirect-uris']);
  });

  it('needs neither where users do not sign in', () => {
    expect(changesIn(elsewhere, { redirectUri: null })).toEqual([]);
  });
});

describe('the permissions that are asked for', () => {
  const of = (required: (typeof application)['required']) => changesIn(withApplication({ required }));
  const [graph, exchange] = application.required;
  if (graph === undefined || exchange === undefined) throw new Error('nothing required');

  it('are those of the profile, each by its kind and its resource', () => {
    expect(of([graph])).toEqual([
      {
        change: {
          change: 'require-permission',
          resourceAppId: exchangeResource.appId,
          id: exchangeResource.roles['full_access_as_app'],
          type: 'Role',
          value: 'full_access_as_app',
        },
        step: 'permissions',
        removes: false,
      },
    ]);
    expect(of([exchange])).toMatchObject([{ change: { value: 'User.Read', type: 'Scope' } }, { change: { value: 'Directory.Read.All' } }]);
  });

  it('are not there because the same id is asked for as another kind, or of another resource', () => {
    const [user, directory] = graph.resourceAccess;
    if (user === undefined || directory === undefined) throw new Error('nothing required');
    const otherKind = { ...graph, resourceAccess: [user, { ...directory, type: 'Scope' }] };
    expect(of([otherKind, exchange])).toMatchObject([{ change: { value: 'Directory.Read.All', type: 'Role' } }]);
    const elsewhere = [{ ...graph, resourceAppId: 'elsewhere' }, exchange];
    expect(of(elsewhere)).toHaveLength(2);
  });

  it('that the resource does not offer, or that nobody has looked up, are none', () => {
    const without = { ...graphResource, scopes: {}, roles: { 'User.Read': 'role', ...graphResource.roles } };
    const tenant = { ...withApplication({ required: [exchange] }), resources: { ...connected.resources, [graphResource.appId]: without } };
    expect(changesIn({ ...tenant, delegatedGrants: connected.delegatedGrants })).toMatchObject([
      { change: { value: 'Directory.Read.All' } },
    ]);
    expect(kinds({ ...tenant, resources: { [exchangeResource.appId]: exchangeResource } })).toEqual([]);
  });
});

describe('what the guide wants off', () => {
  const on = { accessTokens: true, logoutUrl: 'https://x.example/bye' };
  it('is switched off again on an application of ours', () => {
    expect(changesIn(withApplication(on))).toEqual([
      { change: { change: 'disable-access-tokens' }, step: 'user-sign-in', removes: true },
      { change: { change: 'clear-logout-url', was: 'https://x.example/bye' }, step: 'user-sign-in', removes: true },
    ]);
    // What the plan does by itself is no finding besides.
    expect(planned(withApplication(on)).findings).toEqual([]);
    expect(kinds(withApplication({ accessTokens: true }))).toEqual(['disable-access-tokens']);
    expect(kinds(withApplication({ logoutUrl: 'https://x.example/bye' }))).toEqual(['clear-logout-url']);
  });

  it('is told on one that was adopted, and switched off when it is ticked', () => {
    const adopted = { uniqueName: null, clientId: application.clientId };
    const { changes, findings } = planned(withApplication(on), adopted);
    expect(changes).toEqual([]);
    expect(findings).toEqual([
      { finding: 'access-tokens', id: 'access-tokens', params: {}, acceptable: true },
      { finding: 'logout-url', id: 'logout-url', params: { url: 'https://x.example/bye' }, acceptable: true },
    ]);
    const ticked = (...accepted: string[]) => changesIn(withApplication(on), { ...adopted, accepted });
    expect(ticked('access-tokens')).toEqual([{ change: { change: 'disable-access-tokens' }, step: 'user-sign-in', removes: true }]);
    expect(ticked('logout-url')).toEqual([
      { change: { change: 'clear-logout-url', was: 'https://x.example/bye' }, step: 'user-sign-in', removes: true },
    ]);
    expect(planned({}, adopted)).toEqual({ changes: [], findings: [], obstacles: [] });
  });
});

describe('the key credentials', () => {
  const before = '2026-11-24T11:59:59.999Z';
  const ours = (changes: Partial<ObservedKeyCredential>, keyId = certificate.keyId): ObservedKeyCredential => ({
    ...ourKey,
    ...changes,
    entry: { ...ourKey.entry, keyId },
  });
  const earlier = keyCredential(randomBytes(16), 'e0000000-0000-4000-8000-000000000001', '2027-06-01T00:00:00Z');
  const hash = earlier.thumbprintSha256 ?? '';
  const keys = (keyCredentials: readonly ObservedKeyCredential[], wish: Parameters<typeof changesIn>[1] = {}) =>
    changesIn(withApplication({ keyCredentials }), wish).map(({ change, step, removes }) => {
      if (change.change === 'add-key-credential') return `${step} add ${change.certificate.keyId} ${removes}`;
      if (change.change !== 'remove-key-credential') return change.change;
      const { keyId, displayName, ours: isOurs, thumbprint, ...why } = change;
      return `${step} remove ${keyId} ${displayName} ${isOurs} ${thumbprint} ${Object.entries(why)
        .flatMap(([word, is]) => (is === true ? [word] : []))
        .join()} ${removes}`;
    });
  const add = `key-credential add ${certificate.keyId} false`;
  const removal = (key: ObservedKeyCredential, why = '') =>
    `key-credential remove ${key.entry.keyId} ${key.displayName} true ${key.thumbprint} ${why} true`;

  it('get the current certificate, once', () => {
    expect(keys([])).toEqual([add]);
    expect(keys([earlier])).toEqual([add]);
    expect(keys([ourKey])).toEqual([]);
    expect(keys([], { certificate: null })).toEqual([]);
  });

  it('that hold it twice keep the one that is stored here, whatever the case of its id', () => {
    const id = 'abcdef00-0000-4000-8000-00000000000f';
    const longer = ours({ endDateTime: '2029-01-01T00:00:00Z' }, 'f0000000-0000-4000-8000-000000000002');
    for (const [here, there] of [
      [id, id.toUpperCase()],
      [id.toUpperCase(), id],
    ] as const) {
      const stored = ours({}, there);
      const wish = { certificate: { ...certificate, keyId: here } };
      expect(keys([longer, stored], wish)).toEqual([removal(longer, 'double')]);
      expect(keys([stored, longer], wish)).toEqual([removal(longer, 'double')]);
    }
  });

  it('that hold it twice, and not the one that is stored, keep the one that ends last', () => {
    const short = ours({ endDateTime: '2027-01-01T00:00:00Z' }, 'f0000000-0000-4000-8000-000000000001');
    const long = ours({ endDateTime: '2029-01-01T00:00:00Z' }, 'f0000000-0000-4000-8000-000000000002');
    expect(keys([short, long])).toEqual([removal(short, 'double')]);
    expect(keys([long, short])).toEqual([removal(short, 'double')]);
    // What is stored has ended in the tenant: nobody can sign in with it.
    const ended = ours({ endDateTime: before });
    expect(keys([ended, short])).toEqual([removal(ended, 'double')]);
  });

  it('whose every entry of it has ended get it anew under another id, the same each time', () => {
    const ended = [ours({ endDateTime: before }), ours({ endDateTime: before }, 'f0000000-0000-4000-8000-000000000001')];
    const [one, two] = ended;
    if (one === undefined || two === undefined) throw new Error('nothing ended');
    const half = certificate.thumbprintSha256.slice(32).toLowerCase();
    const id = [half.slice(0, 8), half.slice(8, 12), half.slice(12, 16), half.slice(16, 20), half.slice(20)].join('-');
    expect(keys(ended)).toEqual([removal(one, 'ended'), removal(two, 'ended'), `key-credential add ${id} false`]);
    // At its very end an entry still counts, and a certificate that has ended itself is not published again.
    expect(keys([ours({ endDateTime: at })])).toEqual([]);
    expect(keys([one], { certificate: { ...certificate, notAfter: at } })).toEqual([]);
    expect(keys([one, ours({}, 'f0000000-0000-4000-8000-000000000001')])).toEqual([removal(one, 'double')]);
  });

  it('lose what was retired while the current one is there, and not in the request that adds it', () => {
    const wish = { earlierThumbprints: [hash], retiredThumbprints: [hash] };
    expect(keys([ourKey, earlier], wish)).toEqual([removal(earlier)]);
    expect(keys([earlier], wish)).toEqual([add]);
    expect(keys([ourKey, { ...earlier, thumbprintSha256: null }], wish)).toEqual([]);
  });

  it('lose with the new one what of ours has ended, which can make Microsoft refuse the update', () => {
    const wish = { earlierThumbprints: [hash] };
    const ended = { ...earlier, endDateTime: before };
    expect(keys([ended], wish)).toEqual([removal(earlier), add]);
    expect(keys([{ ...earlier, endDateTime: at }], wish)).toEqual([add]);
    expect(keys([ended])).toEqual([add]);
    expect(keys([ourKey, ended], wish)).toEqual([]);
  });

  it('are all that a rotation plans', () => {
    const wanting = { ...withApplication({ keyCredentials: [], redirectUris: [], idTokens: false }), roleGrants: [] };
    expect(planKeyCredentials(desired, wanting)).toEqual({
      changes: [{ change: { change: 'add-key-credential', certificate }, step: 'key-credential', removes: false }],
      findings: [],
      obstacles: [],
    });
    const clamped = { ...wanting, policy: { ...noLimit, maxLifetimeSeconds: 40_000_000 } };
    expect(planKeyCredentials({ ...desired, askedEnd: '2099-01-01T00:00:00Z' }, clamped).findings.map(({ id }) => id)).toEqual([
      'lifetime-clamped',
    ]);
  });
});
