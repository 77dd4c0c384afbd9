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

/**
 * "List appCredentialSignInActivities": in the global cloud only, and for tenants with Microsoft Entra ID P1 or P2
 * ("Microsoft Entra monitoring and health licensing", usage and insights), whose refusal reads as those of sign-in reports.
 */
export function listCredentialSignIns(call: Call): PracticeAnswer {
  if (call.host !== 'graph.microsoft.com') throw notUnderstood("Resource not found for the segment 'appCredentialSignInActivities'.");
  if (call.tenant.premium === false)
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  const comparisons = comparisonsOf(call.request.query, filterable, 'appCredentialSignInActivity');
  return collection(call, activity, filtered(activities(call), comparisons, filterable));
}
