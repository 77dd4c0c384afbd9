import type { StoredApplication } from '../world.ts';
import type { Presentation } from './answer.ts';
import { badRequest } from './refusal.ts';
import type { ComplexShape } from './shape.ts';

/** "keyCredential resource type". */
export const keyCredential = {
  customKeyIdentifier: 'text',
  displayName: 'text',
  endDateTime: 'text',
  key: 'text',
  keyId: 'guid',
  startDateTime: 'text',
  type: 'text',
  usage: 'text',
} as const satisfies ComplexShape;
const appRole = {
  allowedMemberTypes: ['text'],
  description: 'text',
  displayName: 'text',
  id: 'guid',
  isEnabled: 'flag',
  origin: 'text',
  value: 'text',
} as const satisfies ComplexShape;
const permissionScope = {
  adminConsentDescription: 'text',
  adminConsentDisplayName: 'text',
  id: 'guid',
  isEnabled: 'flag',
  origin: 'text',
  type: 'text',
  userConsentDescription: 'text',
  userConsentDisplayName: 'text',
  value: 'text',
} as const satisfies ComplexShape;
const optionalClaims = [{ additionalProperties: ['text'], essential: 'flag', name: 'text', source: 'text' }] as const satisfies readonly [
  ComplexShape,
];

/** Writable properties (Microsoft Graph v1.0, "application resource type" and the complex types it links to). */
export const applicationShape = {
  addIns: [{ id: 'guid', type: 'text', properties: [{ key: 'text', value: 'text' }] }],
  api: {
    acceptMappedClaims: 'flag',
    knownClientApplications: ['guid'],
    oauth2PermissionScopes: [permissionScope],
    preAuthorizedApplications: [{ appId: 'guid', delegatedPermissionIds: ['guid'] }],
    requestedAccessTokenVersion: 'number',
  },
  appRoles: [appRole],
  defaultRedirectUri: 'text',
  description: 'text',
  displayName: 'text',
  groupMembershipClaims: 'text',
  identifierUris: ['text'],
  info: { logoUrl: 'text', marketingUrl: 'text', privacyStatementUrl: 'text', supportUrl: 'text', termsOfServiceUrl: 'text' },
  isDeviceOnlyAuthSupported: 'flag',
  isFallbackPublicClient: 'flag',
  keyCredentials: [keyCredential],
  nativeAuthenticationApisEnabled: 'text',
  notes: 'text',
  oauth2RequirePostResponse: 'flag',
  optionalClaims: { accessToken: optionalClaims, idToken: optionalClaims, saml2Token: optionalClaims },
  parentalControlSettings: { countriesBlockedForMinors: ['text'], legalAgeGroupRule: 'text' },
  passwordCredentials: [
    {
      customKeyIdentifier: 'text',
      displayName: 'text',
      endDateTime: 'text',
      hint: 'text',
      keyId: 'guid',
      secretText: 'text',
      startDateTime: 'text',
    },
  ],
  publicClient: { redirectUris: ['text'] },
  requestSignatureVerification: { allowedWeakAlgorithms: 'text', isSignedRequestRequired: 'flag' },
  requiredResourceAccess: [{ resourceAppId: 'guid', resourceAccess: [{ id: 'guid', type: 'text' }] }],
  samlMetadataUrl: 'text',
  serviceManagementReference: 'text',
  servicePrincipalLockConfiguration: {
    allProperties: 'flag',
    credentialsWithUsageSign: 'flag',
    credentialsWithUsageVerify: 'flag',
    identifierUris: 'flag',
    isEnabled: 'flag',
    tokenEncryptionKeyId: 'flag',
  },
  signInAudience: 'text',
  spa: { redirectUris: ['text'] },
  tags: ['text'],
  tokenEncryptionKeyId: 'guid',
  web: {
    homePageUrl: 'text',
    implicitGrantSettings: { enableAccessTokenIssuance: 'flag', enableIdTokenIssuance: 'flag' },
    logoutUrl: 'text',
    redirectUris: ['text'],
    redirectUriSettings: [{ index: 'number', uri: 'text' }],
  },
} as const satisfies ComplexShape;

const readOnly = [
  'id',
  'appId',
  'applicationTemplateId',
  'certification',
  'createdDateTime',
  'deletedDateTime',
  'disabledByMicrosoftStatus',
  'publisherDomain',
  'uniqueName',
  'verifiedPublisher',
];

/** Read-only properties of "application resource type". @throws Refusal 400 */
export function refuseReadOnly(body: object): void {
  const name = Object.keys(body).find((property) => readOnly.includes(property));
  if (name !== undefined) throw badRequest(`Property '${name}' is read-only and cannot be set.`, { code: 'ReadOnly', target: name });
}

/** What Graph fills in where the body says nothing (response example of "Create application"). */
export function newApplication(facts: {
  id: string;
  appId: string;
  uniqueName: string | null;
  createdDateTime: string;
  publisherDomain: string | null;
}): StoredApplication {
  return {
    ...facts,
    addIns: [],
    appRoles: [],
    identifierUris: [],
    keyCredentials: [],
    passwordCredentials: [],
    requiredResourceAccess: [],
    tags: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
    info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
    publicClient: { redirectUris: [] },
    signInAudience: 'AzureADMyOrg',
    spa: { redirectUris: [] },
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    web: {
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
      redirectUriSettings: [],
    },
  };
}

type Credentials = Pick<StoredApplication, 'keyCredentials' | 'passwordCredentials'>;

function withoutKey(entry: NonNullable<Credentials['keyCredentials']>[number]): typeof entry {
  return { ...entry, key: null };
}

function withoutSecret(entry: NonNullable<Credentials['passwordCredentials']>[number]): typeof entry {
  return { ...entry, secretText: null };
}

/**
 * `key` is null except when exactly one application was asked for and `$select` names `keyCredentials`
 * (Microsoft Graph, "keyCredential resource type", property `key`).
 */
export const applications: Presentation<StoredApplication> = {
  type: 'application',
  set: 'applications',
  properties: [...readOnly, ...Object.keys(applicationShape)],
  complete: true,
  present: (application, alone) => ({
    ...application,
    keyCredentials: (application.keyCredentials ?? []).map(alone.includes('keyCredentials') ? (entry) => entry : withoutKey),
    passwordCredentials: (application.passwordCredentials ?? []).map(withoutSecret),
  }),
};
