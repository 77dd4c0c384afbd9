import { applicationBody } from '../../../main/registration/apply/application-body.ts';
import type { Change } from '../../../main/registration/change.ts';
import type { Observed, ObservedApplication } from '../../../main/registration/observed.ts';
import { observedApplication } from '../../../main/registration/observe/translate.ts';
import { applicationShape } from '../../../main/registration/observe/shapes.ts';
import { exchangeResource } from './generated-tenant.ts';

/** The Graph body of an application as it was observed, for merging a PATCH into it. */
function graphBody(application: ObservedApplication): Record<string, unknown> {
  return {
    id: application.objectId,
    appId: application.clientId,
    displayName: application.displayName,
    uniqueName: application.uniqueName,
    signInAudience: application.signInAudience,
    createdDateTime: application.createdDateTime,
    isFallbackPublicClient: application.isFallbackPublicClient,
    web: {
      redirectUris: application.redirectUris,
      logoutUrl: application.logoutUrl,
      implicitGrantSettings: {
        enableIdTokenIssuance: application.idTokens,
        enableAccessTokenIssuance: application.accessTokens,
      },
    },
    requiredResourceAccess: application.required,
    keyCredentials: application.keyCredentials.map((key) => key.entry),
  };
}

/** PATCH as Graph does it: collections are replaced, `web` is merged, an entry with `key: null` keeps its key. */
function patched(application: ObservedApplication | null, changes: readonly Change[]): ObservedApplication | null {
  const patch = applicationBody(changes, application);
  const before =
    application === null
      ? { id: 'new-object', appId: 'new-client', createdDateTime: '2026-11-24T12:00:00Z', web: {}, keyCredentials: [] }
      : graphBody(application);
  const stored = new Map((application?.keyCredentials ?? []).map((key) => [key.entry.keyId, key.entry['key']]));
  const keys = patch.keyCredentials?.map((entry) => ({ ...entry, key: entry.key ?? stored.get(entry.keyId ?? '') }));
  const body = { ...before, ...patch, web: { ...(before['web'] as object), ...patch.web }, ...(keys ? { keyCredentials: keys } : {}) };
  return observedApplication(applicationShape.parse(body));
}

function other(observed: Observed, change: Change): Observed {
  switch (change.change) {
    case 'create-service-principal':
      return { ...observed, servicePrincipal: { id: 'sp', accountEnabled: true, assignmentRequired: false } };
    case 'create-resource-service-principal':
      return { ...observed, resources: { ...observed.resources, [change.appId]: exchangeResource } };
    case 'enable-service-principal':
    case 'clear-assignment-required': {
      const principal = observed.servicePrincipal;
      if (principal === null) return observed;
      return {
        ...observed,
        servicePrincipal:
          change.change === 'enable-service-principal'
            ? { ...principal, accountEnabled: true }
            : { ...principal, assignmentRequired: false },
      };
    }
    case 'grant-role':
      return {
        ...observed,
        roleGrants: [
          ...observed.roleGrants,
          { id: `new ${change.value}`, appRoleId: change.roleId, principalId: 'sp', resourceId: change.resourceId },
        ],
      };
    case 'revoke-role':
      return { ...observed, roleGrants: observed.roleGrants.filter((grant) => grant.id !== change.assignmentId) };
    case 'grant-scopes': {
      const rest = observed.delegatedGrants.filter((grant) => grant.id !== change.grantId);
      return {
        ...observed,
        delegatedGrants: [
          ...rest,
          { id: change.grantId ?? 'new', clientId: 'sp', resourceId: change.resourceId, consentType: 'AllPrincipals', scope: change.scope },
        ],
      };
    }
    default:
      return observed;
  }
}

/** The tenant after the changes, as Microsoft's documentation says that Graph carries them out. */
export function carriedOut(observed: Observed, changes: readonly Change[]): Observed {
  return changes.reduce(other, {
    ...observed,
    application: changes.length === 0 ? observed.application : patched(observed.application, changes),
  });
}
