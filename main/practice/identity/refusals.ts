import type { PracticeTenant } from '../world.ts';
import { EntraRefusal } from './refusal.ts';

/*
 * Entra's refusals outside of client assertions, in its own words (Microsoft identity platform, "Microsoft Entra
 * authentication and authorization error codes", and answers of the service as published in issue reports).
 */
const invalidRequest = (number: number, text: string) => new EntraRefusal({ error: 'invalid_request', number, text });
const invalidGrant = (number: number, text: string) => new EntraRefusal({ error: 'invalid_grant', number, text });

interface Named {
  readonly appId: string;
  readonly displayName: string;
}

export const refusals = {
  parameterMissing: (name: string) => invalidRequest(900144, `The request body must contain the following parameter: '${name}'.`),
  grantTypeUnknown: (grantType: string) =>
    new EntraRefusal({
      error: 'unsupported_grant_type',
      number: 70003,
      text: `The app requested an unsupported grant type '${grantType}'.`,
    }),
  tenantMalformed: (segment: string) =>
    invalidRequest(900023, `Specified tenant identifier '${segment}' is neither a valid DNS name, nor a valid external domain.`),
  tenantUnknown: (segment: string) =>
    invalidRequest(
      90002,
      `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    ),
  tenantNeeded: () =>
    invalidRequest(50059, 'No tenant-identifying information found in either the request or implied by any provided credentials.'),
  personalAccounts: () => invalidRequest(500208, 'The domain is not a valid login domain for the account type.'),
  applicationUnknown: (clientId: string, tenantName: string) =>
    new EntraRefusal({
      error: 'unauthorized_client',
      number: 700016,
      text: `Application with identifier '${clientId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    }),
  servicePrincipalMissing: (clientId: string, tenant: PracticeTenant) =>
    new EntraRefusal({
      error: 'invalid_client',
      status: 401,
      number: 7000229,
      text: `The client application ${clientId} is missing service principal in the tenant ${tenant.id}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    }),
  applicationDisabled: ({ appId, displayName }: Named) =>
    new EntraRefusal({ error: 'unauthorized_client', number: 7000112, text: `Application '${appId}'(${displayName}) is disabled.` }),
  notMultiTenant: ({ appId, displayName }: Named) =>
    invalidRequest(
      50194,
      `Application '${appId}'(${displayName}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    ),
  replyAddressMissing: (clientId: string) => invalidRequest(500113, `No reply address is registered for the application '${clientId}'.`),
  replyAddressUnknown: (redirectUri: string, clientId: string) =>
    invalidRequest(
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.`,
    ),
  replyAddressChanged: (now: string, then: string) =>
    invalidGrant(
      500112,
      `The reply address '${now}' does not match the reply address '${then}' provided when requesting Authorization code.`,
    ),
  responseTypeUnknown: (type: string) =>
    new EntraRefusal({
      error: 'unsupported_response_type',
      number: 70005,
      text: `The app returned an unsupported response type '${type}'.`,
    }),
  tokenTypeOff: (type: 'id_token' | 'token', { appId, displayName }: Named) =>
    new EntraRefusal({
      error: 'unsupported_response_type',
      number: type === 'id_token' ? 700054 : 700051,
      text: `response_type '${type}' is not enabled for the application '${appId}'(${displayName}).`,
    }),
  responseModeUnknown: (mode: string) =>
    invalidRequest(70007, `'${mode}' is an unsupported value of 'response_mode' when requesting a token.`),
  codeChallengeMissing: () =>
    invalidRequest(9002325, 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.'),
  codeChallengeInvalid: () =>
    invalidRequest(501491, 'Invalid size of Code_Challenge parameter, or a Code_Challenge_Method other than plain and S256.'),
  codeVerifierWrong: () =>
    invalidGrant(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request for PKCE.'),
  grantMalformed: (name: string) => invalidGrant(70000, `The provided value for the input parameter '${name}' is not valid.`),
  codeRedeemed: () =>
    invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  codeExpired: () =>
    invalidGrant(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  codeOfOtherTenant: () => invalidGrant(700005, 'The provided Authorization Code is intended to use against other tenant, thus rejected.'),
  refreshTokenExpired: () => invalidGrant(700082, 'The refresh token has expired due to inactivity.'),
  scopeInvalid: (scope: string) =>
    new EntraRefusal({
      error: 'invalid_scope',
      number: 70011,
      text: `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    }),
  scopeOfTwoResources: (scope: string) =>
    invalidRequest(
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    ),
  scopeNotDefault: (scope: string) =>
    new EntraRefusal({
      error: 'invalid_scope',
      number: 1002012,
      text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    }),
  scopeUnknown: ({ displayName }: Named, scope: string, resourceAppId: string) =>
    new EntraRefusal({
      error: 'invalid_client',
      number: 650053,
      text: `The application '${displayName}' asked for scope '${scope}' that doesn't exist on the resource '${resourceAppId}'. Contact the app vendor.`,
    }),
  notPreauthorized: (clientId: string, resourceAppId: string) =>
    invalidRequest(
      65002,
      `Consent between first party application '${clientId}' and first party resource '${resourceAppId}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.`,
    ),
  resourceUnknown: (identifier: string, tenant: PracticeTenant) =>
    new EntraRefusal({
      error: 'invalid_resource',
      number: 500011,
      text: `The resource principal named ${identifier} was not found in the tenant named ${tenant.displayName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    }),
  resourceDisabled: (identifier: string) =>
    new EntraRefusal({
      error: 'invalid_resource',
      number: 500014,
      text: `The service principal for resource '${identifier}' is disabled.`,
    }),
  throttled: () =>
    new EntraRefusal({ error: 'temporarily_unavailable', number: 90055, text: 'There are too many incoming requests.', status: 429 }),
  unavailable: (status: number) =>
    new EntraRefusal({
      error: 'temporarily_unavailable',
      number: 90033,
      text: 'A transient error has occurred. Please try again.',
      status,
    }),
} as const;
