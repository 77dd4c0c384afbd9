import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import type { Desired } from '../../../main/registration/desired.ts';
import type {
  Observed,
  ObservedApplication,
  ObservedKeyCredential,
  ObservedPolicy,
  ObservedResource,
} from '../../../main/registration/observed.ts';
import type { ProfilePermission } from '../../../main/servers/index.ts';

export const at = '2026-11-24T12:00:00.000Z';
const guid = fc.uuid();

export const permissions: readonly ProfilePermission[] = [
  { resourceAppId: resourceAppIds.graph, value: 'User.Read', type: 'Scope', why: 'x' },
  { resourceAppId: resourceAppIds.graph, value: 'Directory.Read.All', type: 'Role', why: 'x' },
  { resourceAppId: resourceAppIds.exchange, value: 'full_access_as_app', type: 'Role', why: 'x' },
];

const graph: ObservedResource = {
  appId: resourceAppIds.graph,
  servicePrincipalId: '10000000-0000-4000-8000-000000000001',
  displayName: 'Microsoft Graph',
  roles: { 'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61', 'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01' },
  scopes: { 'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d' },
};

/** Exchange offers Mail.Read under the same id as Graph. */
const exchange: ObservedResource = {
  appId: resourceAppIds.exchange,
  servicePrincipalId: '10000000-0000-4000-8000-000000000002',
  displayName: 'Office 365 Exchange Online',
  roles: { full_access_as_app: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', 'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01' },
  scopes: {},
};

const hash = (algorithm: string, der: Uint8Array) => createHash(algorithm).update(der).digest('hex').toUpperCase();

export function keyCredential(der: Uint8Array, keyId: string, end: string): ObservedKeyCredential {
  const entry = {
    keyId,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: 'CN=somebody',
    startDateTime: '2024-01-01T00:00:00Z',
    endDateTime: end,
    key: Buffer.from(der).toString('base64'),
  };
  return {
    entry,
    displayName: entry.displayName,
    startDateTime: entry.startDateTime,
    endDateTime: end,
    thumbprintSha256: hash('sha256', der),
    thumbprint: hash('sha1', der),
  };
}

const ourDer = randomBytes(64);

export const noLimit: ObservedPolicy = {
  id: '00000000-0000-0000-0000-000000000000',
  displayName: 'Default app management tenant policy',
  maxLifetimeSeconds: null,
  trustedAuthorityRequired: false,
};

export const desired: Desired = {
  appName: 'MailStore Server',
  uniqueName: 'tenant-keyring-1',
  clientId: null,
  redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
  permissions,
  certificate: {
    keyId: '20000000-0000-4000-8000-000000000001',
    der: ourDer,
    thumbprint: hash('sha1', ourDer),
    thumbprintSha256: hash('sha256', ourDer),
    subject: 'CN=MailStore Server',
    selfSigned: true,
    notBefore: '2026-11-24T11:50:00Z',
    notAfter: '2028-02-24T11:50:00Z',
  },
  askedEnd: null,
  earlierThumbprints: [],
  retiredThumbprints: [],
  predecessorThumbprint: null,
  earlierMayGoFrom: {},
  heldThumbprints: { own: [], others: [] },
  handedOver: [],
  accepted: [],
};

const foreignKey = fc
  .tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), guid, fc.constantFrom('2025-01-01T00:00:00Z', '2029-01-01T00:00:00Z'))
  .map(([der, keyId, end]) => keyCredential(der, keyId, end));
const ourKey = keyCredential(ourDer, '20000000-0000-4000-8000-000000000001', '2028-02-24T11:50:00Z');

const application: fc.Arbitrary<ObservedApplication> = fc
  .record({
    keys: fc.array(foreignKey, { maxLength: 4 }),
    ours: fc.boolean(),
    redirectUris: fc.subarray(['https://other.example.com/cb', 'https://mailstore.example.com:8462/oidc/signin', 'http://localhost:3000']),
    idTokens: fc.boolean(),
    accessTokens: fc.boolean(),
    logoutUrl: fc.constantFrom(null, 'https://other.example.com/bye'),
    audience: fc.constantFrom('AzureADMyOrg', 'AzureADMultipleOrgs'),
    publicClient: fc.boolean(),
    required: fc.subarray(['directory', 'exchange', 'foreign', 'other-resource']),
  })
  .map((each) => ({
    objectId: '30000000-0000-4000-8000-000000000001',
    clientId: '30000000-0000-4000-8000-000000000002',
    displayName: 'MailStore Server',
    uniqueName: 'tenant-keyring-1',
    signInAudience: each.audience,
    createdDateTime: '2026-01-01T00:00:00Z',
    isFallbackPublicClient: each.publicClient,
    redirectUris: each.redirectUris,
    spaRedirectUris: [],
    publicClientRedirectUris: [],
    idTokens: each.idTokens,
    accessTokens: each.accessTokens,
    logoutUrl: each.logoutUrl,
    required: each.required.map((kind) => {
      if (kind === 'directory')
        return {
          resourceAppId: graph.appId,
          resourceAccess: [
            {
              id: graph.roles['Directory.Read.All'] ?? '',
              type: 'Role',
            },
          ],
        };
      if (kind === 'exchange')
        return {
          resourceAppId: exchange.appId,
          resourceAccess: [
            {
              id: exchange.roles['full_access_as_app'] ?? '',
              type: 'Role',
            },
          ],
        };
      if (kind === 'foreign')
        return {
          resourceAppId: exchange.appId,
          resourceAccess: [
            {
              id: exchange.roles['Mail.Read'] ?? '',
              type: 'Role',
            },
          ],
        };
      return {
        resourceAppId: '40000000-0000-4000-8000-000000000001',
        resourceAccess: [
          {
            id: '40000000-0000-4000-8000-000000000002',
            type: 'Scope',
          },
        ],
      };
    }),
    keyCredentials: each.ours ? [...each.keys, ourKey] : each.keys,
  }));

const grants = fc.subarray([
  { id: 'g1', appRoleId: graph.roles['Directory.Read.All'] ?? '', principalId: 'sp', resourceId: graph.servicePrincipalId },
  { id: 'g2', appRoleId: exchange.roles['full_access_as_app'] ?? '', principalId: 'sp', resourceId: exchange.servicePrincipalId },
  { id: 'g3', appRoleId: graph.roles['Mail.Read'] ?? '', principalId: 'sp', resourceId: graph.servicePrincipalId },
  { id: 'g4', appRoleId: exchange.roles['Mail.Read'] ?? '', principalId: 'sp', resourceId: exchange.servicePrincipalId },
  { id: 'g5', appRoleId: 'ffffffff-0000-4000-8000-000000000001', principalId: 'sp', resourceId: 'elsewhere' },
]);

const delegated = fc
  .option(fc.subarray(['openid', 'profile', 'email', 'User.Read', 'Calendars.Read']))
  .map((scopes) =>
    scopes === null
      ? []
      : [{ id: 'd1', clientId: 'sp', resourceId: graph.servicePrincipalId, consentType: 'AllPrincipals', scope: scopes.join(' ') }],
  );

/** A tenant in any state that somebody may have left it in. */
export const observedTenant: fc.Arbitrary<Observed> = fc
  .record({
    application: fc.option(application),
    exchange: fc.boolean(),
    principal: fc.option(fc.record({ accountEnabled: fc.boolean(), assignmentRequired: fc.boolean() })),
    grants,
    delegated,
    sameName: fc.boolean(),
  })
  .map((each) => {
    const principal = each.application === null || each.principal === null ? null : { id: 'sp', ...each.principal };
    return {
      at,
      tenant: { id: 't', displayName: 'Contoso', defaultDomain: 'contoso.example', domains: ['contoso.example'] },
      application: each.application,
      deletedApplication: null,
      sameName: each.sameName
        ? [{ clientId: 'x', objectId: 'y', displayName: 'MailStore Server', createdDateTime: '2025-01-01T00:00:00Z', uniqueName: null }]
        : [],
      servicePrincipal: principal,
      roleGrants: principal === null ? [] : each.grants,
      delegatedGrants: principal === null ? [] : each.delegated,
      resources: { [graph.appId]: graph, [exchange.appId]: each.exchange ? exchange : null },
      policy: noLimit,
    };
  });

export { exchange as exchangeResource, graph as graphResource, ourKey };
