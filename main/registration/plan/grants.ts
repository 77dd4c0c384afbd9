import type { PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { resourceAppIds } from '../../clouds/index.ts';

/**
 * The scopes every OpenID Connect sign-in asks for besides the profile's own (Microsoft identity platform,
 * "OpenID Connect scopes"). Portal registrations get them consented together with User.Read.
 */
export const signInScopes = ['openid', 'profile', 'email'] as const;

/** Delegated scopes on Microsoft Graph that the tenant's users need for signing in to the server. */
export function delegatedScopes(desired: Pick<Desired, 'permissions'>): string[] {
  const own = desired.permissions.filter((permission) => permission.type === 'Scope' && permission.resourceAppId === resourceAppIds.graph);
  return own.length === 0 ? [] : [...new Set([...signInScopes, ...own.map((permission) => permission.value)])];
}

function servicePrincipals(desired: Desired, observed: Observed): PlannedChange[] {
  const changes: PlannedChange[] = [];
  if (observed.servicePrincipal === null) {
    // A client id is not known before the application exists; apply fills it in.
    changes.push({
      change: { change: 'create-service-principal', appId: observed.application?.clientId ?? '' },
      step: 'registration',
      removes: false,
    });
  }
  const missing = new Set(
    desired.permissions.map((permission) => permission.resourceAppId).filter((appId) => observed.resources[appId] === null),
  );
  for (const appId of missing) {
    changes.push({ change: { change: 'create-resource-service-principal', appId }, step: 'permissions', removes: false });
  }
  return changes;
}

function roles(desired: Desired, observed: Observed): PlannedChange[] {
  return desired.permissions.flatMap((permission): PlannedChange[] => {
    const resource = observed.resources[permission.resourceAppId];
    const roleId = resource?.roles[permission.value];
    if (permission.type !== 'Role' || !resource || roleId === undefined) return [];
    // Exchange offers roles with the same ids as Graph: only resource and role together say what was granted.
    const granted = observed.roleGrants.some((grant) => grant.resourceId === resource.servicePrincipalId && grant.appRoleId === roleId);
    if (granted) return [];
    const { resourceAppId, value } = permission;
    return [
      {
        change: { change: 'grant-role', resourceAppId, resourceId: resource.servicePrincipalId, roleId, value },
        step: 'consent',
        removes: false,
      },
    ];
  });
}

function scopes(desired: Desired, observed: Observed): PlannedChange[] {
  const resource = observed.resources[resourceAppIds.graph];
  const wanted = delegatedScopes(desired);
  if (!resource) return [];
  const grant = observed.delegatedGrants.find(
    (each) => each.resourceId === resource.servicePrincipalId && each.consentType === 'AllPrincipals',
  );
  const granted = grant?.scope.split(' ').filter((scope) => scope !== '') ?? [];
  const missing = wanted.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return [];
  const scope = [...granted, ...missing].join(' ');
  return [
    {
      change: { change: 'grant-scopes', resourceId: resource.servicePrincipalId, scope, grantId: grant?.id ?? null, added: missing },
      step: 'consent',
      removes: false,
    },
  ];
}

/** Changes outside the application object: service principals, then consent. */
export function grantChanges(desired: Desired, observed: Observed): PlannedChange[] {
  return [...servicePrincipals(desired, observed), ...roles(desired, observed), ...scopes(desired, observed)];
}
