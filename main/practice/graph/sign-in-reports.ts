import type { PracticeAnswer } from '../world.ts';
import { collection, type Presentation } from './answer.ts';
import type { Call } from './call.ts';
import { comparisonsOf, filtered, type Filterable } from './filter.ts';
import { notUnderstood, Refusal } from './refusal.ts';

interface Activity {
  readonly id: string;
  readonly keyId: string;
  readonly appId: string;
}

/** "appCredentialSignInActivity resource type" (Microsoft Graph beta). */
const activity: Presentation<Activity> = {
  type: 'appCredentialSignInActivity',
  set: 'reports/appCredentialSignInActivities',
  properties: [
    'id',
    'keyId',
    'keyType',
    'keyUsage',
    'appId',
    'appObjectId',
    'servicePrincipalObjectId',
    'resourceId',
    'credentialOrigin',
    'createdDateTime',
    'expirationDateTime',
    'signInActivity',
  ],
  complete: true,
  present: (row) => row,
};

const filterable: Filterable = { keyId: 'fold', appId: 'fold' };

/** Only key credentials that somebody signed in with; what never did has no row. */
function activities({ tenant }: Call): Activity[] {
  return tenant.applications.flatMap(({ id, appId, keyCredentials }) =>
    (keyCredentials ?? []).flatMap(({ keyId, startDateTime, endDateTime, usage }) => {
      const signIn = tenant.credentialSignIns?.[keyId ?? ''];
      if (typeof keyId !== 'string' || signIn === undefined) return [];
      return [
        {
          id: Buffer.from(`${keyId}|application`).toString('base64'),
          keyId,
          keyType: 'certificate',
          keyUsage: usage?.toLowerCase() ?? null,
          appId,
          appObjectId: id,
          servicePrincipalObjectId: tenant.servicePrincipals.find((principal) => principal.appId === appId)?.id ?? null,
          resourceId: signIn.resourceId,
          credentialOrigin: 'application',
          createdDateTime: startDateTime ?? null,
          expirationDateTime: endDateTime ?? null,
          signInActivity: { lastSignInDateTime: signIn.at, lastSignInRequestId: signIn.requestId },
        },
      ];
    }),
  );
}

interface PrincipalActivity {
  readonly id: string;
  readonly appId: string;
}

/** "servicePrincipalSignInActivity resource type" (Microsoft Graph beta). */
const principalActivity: Presentation<PrincipalActivity> = {
  type: 'servicePrincipalSignInActivity',
  set: 'reports/servicePrincipalSignInActivities',
  properties: [
    'id',
    'appId',
    'lastSignInActivity',
    'delegatedClientSignInActivity',
    'delegatedResourceSignInActivity',
    'applicationAuthenticationClientSignInActivity',
    'applicationAuthenticationResourceSignInActivity',
  ],
  complete: true,
  present: (row) => row,
};

const principalFilterable: Filterable = { appId: 'fold' };

/** The last sign-in of an application, with whichever of its credentials; null where it never had one. */
function lastSignIn({ tenant }: Call, appId: string): { readonly at: string; readonly requestId: string } | null {
  const keys = tenant.applications.find((each) => each.appId === appId)?.keyCredentials ?? [];
  const known = [tenant.principalSignIns?.[appId], ...keys.map(({ keyId }) => tenant.credentialSignIns?.[keyId ?? ''])];
  const times = known.filter((each) => each !== undefined).toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return times[0] ?? null;
}

/** Only service principals that signed in; here all of them as clients of their own. */
function principalActivities(call: Call): PrincipalActivity[] {
  return call.tenant.servicePrincipals.flatMap(({ appId }) => {
    const last = lastSignIn(call, appId);
    if (last === null) return [];
    const signedIn = { lastSignInDateTime: last.at, lastSignInRequestId: last.requestId };
    const id = Buffer.from(appId).toString('base64');
    return [{ id, appId, lastSignInActivity: signedIn, applicationAuthenticationClientSignInActivity: signedIn }];
  });
}

/** In the global cloud only, and for tenants with a licence for it. @throws Refusal 400, 403 */
function requireOffered({ host, tenant }: Call, segment: string): void {
  if (host !== 'graph.microsoft.com') throw notUnderstood(`Resource not found for the segment '${segment}'.`);
  if (tenant.premium === false)
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
}

/** "List servicePrincipalSignInActivities": national cloud deployments and licences as of the report on credentials. */
export function listPrincipalSignIns(call: Call): PracticeAnswer {
  requireOffered(call, 'servicePrincipalSignInActivities');
  const comparisons = comparisonsOf(call.request.query, principalFilterable, 'servicePrincipalSignInActivity');
  return collection(call, principalActivity, filtered(principalActivities(call), comparisons, principalFilterable));
}

/**
 * "List appCredentialSignInActivities": in the global cloud only, and for tenants with Microsoft Entra ID P1 or P2
 * ("Microsoft Entra monitoring and health licensing", usage and insights), whose refusal reads as those of sign-in reports.
 */
export function listCredentialSignIns(call: Call): PracticeAnswer {
  requireOffered(call, 'appCredentialSignInActivities');
  const comparisons = comparisonsOf(call.request.query, filterable, 'appCredentialSignInActivity');
  return collection(call, activity, filtered(activities(call), comparisons, filterable));
}
