import type { Obstacle } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { daysOf } from './lifetime.ts';

/** The app-management policy against a certificate that is still to be published. */
function policyObstacles(desired: Desired, observed: Observed): Obstacle[] {
  const { certificate } = desired;
  const { policy, application } = observed;
  if (certificate === null || policy === null) return [];
  if (application?.keyCredentials.some((key) => key.thumbprintSha256 === certificate.thumbprintSha256)) return [];
  const obstacles: Obstacle[] = [];
  const named = { policy: policy.displayName, policyId: policy.id, subject: certificate.subject };
  const lifetime = (Date.parse(certificate.notAfter) - Date.parse(certificate.notBefore)) / 1000;
  const limit = policy.maxLifetimeSeconds;
  if (limit !== null && lifetime > limit)
    obstacles.push({ code: 'registration.policy-lifetime', params: { ...named, days: daysOf(lifetime), limit: daysOf(limit) } });
  if (policy.trustedAuthorityRequired && certificate.selfSigned) obstacles.push({ code: 'registration.policy-authority', params: named });
  return obstacles;
}

/** A permission that the tenant's own service principal does not offer cannot be granted. */
function permissionObstacles(desired: Desired, observed: Observed): Obstacle[] {
  return desired.permissions.flatMap((permission): Obstacle[] => {
    const resource = observed.resources[permission.resourceAppId];
    if (!resource) return [];
    const id = permission.type === 'Role' ? resource.roles[permission.value] : resource.scopes[permission.value];
    return id === undefined
      ? [{ code: 'registration.role-missing', params: { value: permission.value, resource: resource.displayName } }]
      : [];
  });
}

function missingApplication(desired: Desired, tenant: string): Obstacle {
  return { code: 'registration.application-missing', params: { clientId: desired.clientId ?? '', tenant } };
}

/** Reasons why a certificate cannot be replaced, found before any write. */
export function keyObstacles(desired: Desired, observed: Observed): Obstacle[] {
  return observed.application === null ? [missingApplication(desired, observed.tenant.displayName)] : policyObstacles(desired, observed);
}

/** Reasons why applying the plan would fail or would not lead to a proven credential, found before any write. */
export function collectObstacles(desired: Desired, observed: Observed): Obstacle[] {
  const missing =
    observed.application === null && desired.uniqueName === null ? [missingApplication(desired, observed.tenant.displayName)] : [];
  return [...missing, ...policyObstacles(desired, observed), ...permissionObstacles(desired, observed)];
}
