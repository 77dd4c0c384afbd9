import type { PracticeTenant } from '../world.ts';
import { EntraRefusal } from './refusal.ts';

interface Named {
  readonly appId: string;
  readonly displayName: string;
}

/** The claims challenge of a Conditional Access policy (Microsoft identity platform, "Claims challenges and requests"). */
const policyClaims = (policyId: string): string => JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } });

/** The one policy of practice tenants that asks for multi-factor authentication, and the one that blocks. */
export const policies = { multiFactor: '3f1d6a0e-5a7c-4b55-9a0b-6e5d3c2b1a90', block: '8c2e4b7d-19f0-4d3a-8b6c-7a5e9d0f2c14' } as const;

const graphAppId = '00000003-0000-0000-c000-000000000000';

/** Entra's refusals that concern the person who signs in, in its own words. */
export const personRefusals = {
  accountUnknown: (tenantName: string) =>
    new EntraRefusal({
      error: 'invalid_grant',
      number: 50034,
      text: `The user account {EmailHidden} does not exist in the ${tenantName} directory. To sign into this application, the account must be added to the directory.`,
    }),
  accountElsewhere: (home: PracticeTenant, tenant: PracticeTenant, { appId, displayName }: Named) =>
    new EntraRefusal({
      error: 'invalid_request',
      number: 50020,
      text: `User account '{EmailHidden}' from identity provider 'https://sts.windows.net/${home.id}/' does not exist in tenant '${tenant.displayName}' and cannot access the application '${appId}'(${displayName}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
    }),
  signInNeeded: () =>
    new EntraRefusal({
      error: 'login_required',
      number: 50058,
      text: "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in the request to Azure AD.",
    }),
  notAssigned: ({ appId, displayName }: Named) =>
    new EntraRefusal({
      error: 'access_denied',
      number: 50105,
      text: `Your administrator has configured the application ${displayName} ('${appId}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{EmailHidden}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.`,
    }),
  consentDeclined: () => new EntraRefusal({ error: 'access_denied', number: 65004, text: 'User declined to consent to access the app.' }),
  administratorNeeded: ({ appId, displayName }: Named) =>
    new EntraRefusal({
      error: 'access_denied',
      number: 90094,
      text: `Admin consent is required for the permissions requested by this application '${appId}'(${displayName}).`,
    }),
  consentMissing: ({ appId, displayName }: Named) =>
    new EntraRefusal({
      error: 'invalid_grant',
      number: 65001,
      suberror: 'consent_required',
      text: `The user or administrator has not consented to use the application with ID '${appId}' named '${displayName}'. Send an interactive authorization request for this user and resource.`,
    }),
  blocked: () =>
    new EntraRefusal({
      error: 'invalid_grant',
      number: 53003,
      suberror: 'message_only',
      claims: policyClaims(policies.block),
      text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    }),
  multiFactorNeeded: () =>
    new EntraRefusal({
      error: 'invalid_grant',
      number: 50076,
      suberror: 'basic_action',
      claims: policyClaims(policies.multiFactor),
      text: `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${graphAppId}'.`,
    }),
  deviceCodePending: () =>
    new EntraRefusal({
      error: 'authorization_pending',
      number: 70016,
      text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    }),
  /** RFC 8628 §3.5. Entra's list of device code errors does not have it, so it has the number of what is the matter. */
  deviceCodeSlowDown: () =>
    new EntraRefusal({
      error: 'slow_down',
      number: 70016,
      text: 'OAuth 2.0 device flow error. The device polls too often; add five seconds to the interval.',
    }),
  deviceCodeDeclined: () =>
    new EntraRefusal({ error: 'authorization_declined', number: 65004, text: 'User declined to consent to access the app.' }),
  deviceCodeExpired: () =>
    new EntraRefusal({
      error: 'expired_token',
      number: 70020,
      text: "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    }),
  deviceCodeUnknown: () =>
    new EntraRefusal({
      error: 'bad_verification_code',
      number: 70018,
      text: 'Invalid verification code due to User typing in wrong user code for device code flow.',
    }),
} as const;
