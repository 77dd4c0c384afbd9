import { describe, expect, it } from 'vitest';
import { applicationBody, keyCredential } from '../../../main/registration/apply/application-body.ts';
import { application } from './connected-tenant.ts';
import { desired, graphResource, ourKey } from './generated-tenant.ts';

if (desired.certificate === null) throw new Error('no certificate');
const { certificate } = desired;
const create = { change: 'create-application', displayName: 'Archive', uniqueName: 'u' } as const;
const required = { change: 'require-permission', resourceAppId: graphResource.appId, id: 'new', type: 'Role', value: 'v' } as const;

describe('the body of a change of the application', () => {
  it('is empty where nothing of it changes', () => expect(applicationBody([], application)).toEqual({}));

  it('of a new one is what the portal makes: one tenant, its service principal locked, no token of the implicit grant', () => {
    expect(applicationBody([create], null)).toEqual({
      displayName: 'Archive',
      signInAudience: 'AzureADMyOrg',
      servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
      web: { implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false } },
    });
  });

  it('of key credentials holds all that stay as they were read, without their keys, and the new one with its own', () => {
    const other = { ...ourKey, entry: { ...ourKey.entry, keyId: 'other' } };
    const current = { ...application, keyCredentials: [ourKey, other] };
    const kept = (key: typeof ourKey) => ({ ...key.entry, key: null });
    const add = { change: 'add-key-credential', certificate } as const;
    const remove = (keyId: string) => ({ change: 'remove-key-credential', keyId, displayName: '', ours: true, thumbprint: null }) as const;
    const entry = {
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      keyId: certificate.keyId,
      displayName: 'CN=MailStore Server',
      startDateTime: certificate.notBefore,
      endDateTime: certificate.notAfter,
      key: Buffer.from(certificate.der).toString('base64'),
    };
    expect(keyCredential(certificate)).toEqual(entry);
    expect(applicationBody([add], current)).toEqual({ keyCredentials: [kept(ourKey), kept(other), entry] });
    expect(applicationBody([remove('other')], current)).toEqual({ keyCredentials: [kept(ourKey)] });
    expect(applicationBody([remove('other'), add], current)).toEqual({ keyCredentials: [kept(ourKey), entry] });
    expect(applicationBody([add], null)).toEqual({ keyCredentials: [entry] });
  });

  it('names a key credential in 90 characters at most', () => {
    const { displayName } = keyCredential({ ...certificate, subject: `CN=${'x'.repeat(200)}` });
    expect(displayName?.length).toBe(90);
  });

  it('of permissions holds those of others, each resource once', () => {
    const all = applicationBody([required, { ...required, resourceAppId: 'another', type: 'Scope' }], application).requiredResourceAccess;
    const [graph, exchange] = application.required;
    expect(all).toEqual([
      { ...graph, resourceAccess: [...(graph?.resourceAccess ?? []), { id: 'new', type: 'Role' }] },
      exchange,
      { resourceAppId: 'another', resourceAccess: [{ id: 'new', type: 'Scope' }] },
    ]);
    const first = graph?.resourceAccess.find(({ type }) => type === 'Role');
    const gone = { ...required, change: 'remove-permission', id: first?.id ?? '', type: 'Role' } as const;
    expect(applicationBody([gone], application).requiredResourceAccess).toEqual([
      { ...graph, resourceAccess: graph?.resourceAccess.filter((access) => access !== first) },
      exchange,
    ]);
    const alone = exchange?.resourceAccess.map(({ id }) => ({ ...gone, resourceAppId: exchange.resourceAppId, id })) ?? [];
    expect(applicationBody(alone, application).requiredResourceAccess).toEqual([graph]);
    expect(applicationBody([required], null)).toEqual({
      requiredResourceAccess: [{ resourceAppId: graphResource.appId, resourceAccess: [{ id: 'new', type: 'Role' }] }],
    });
  });

  it('of redirect URIs holds those of others, each once', () => {
    const add = (added: string) => ({ change: 'set-redirect-uris', uris: [], added }) as const;
    expect(
      applicationBody([add('https://a'), add('https://b'), add('https://a')], { ...application, redirectUris: ['https://b'] }),
    ).toEqual({
      web: { redirectUris: ['https://b', 'https://a'] },
    });
    expect(applicationBody([add('https://a')], null)).toEqual({ web: { redirectUris: ['https://a'] } });
  });

  it.each([
    ['enable-id-tokens', { idTokens: false, accessTokens: true }, true, true],
    ['enable-id-tokens', { idTokens: false, accessTokens: false }, true, false],
    ['disable-access-tokens', { idTokens: true, accessTokens: true }, true, false],
    ['disable-access-tokens', { idTokens: false, accessTokens: true }, false, false],
  ] as const)('of tokens changes one kind and leaves the other: %s in %j', (change, now, id, access) => {
    expect(applicationBody([{ change }], { ...application, ...now })).toEqual({
      web: { implicitGrantSettings: { enableIdTokenIssuance: id, enableAccessTokenIssuance: access } },
    });
  });

  it.each([
    [{ change: 'clear-logout-url', was: 'x' }, { web: { logoutUrl: null } }],
    [{ change: 'set-audience', was: 'x' }, { signInAudience: 'AzureADMyOrg' }],
    [{ change: 'clear-public-client' }, { isFallbackPublicClient: false }],
  ] as const)('of %j is that alone', (change, body) => expect(applicationBody([change], application)).toEqual(body));
});
