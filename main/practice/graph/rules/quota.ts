import type { Bearer, PracticeTenant } from '../../world.ts';
import { Refusal } from '../refusal.ts';
import { isApplicationAdministrator, ownersOf } from '../roles.ts';

/** Microsoft Entra, "Microsoft Entra service limits and restrictions", resources that a nonadmin user can create. */
export const objectsOfOnePerson = 250;

/**
 * A person without an administrator's role creates at most 250 objects; deleted ones that can still be restored count
 * (same page). The status is the one seen with `Directory_QuotaExceeded` in public reports.
 *
 * @throws Refusal 403 `Directory_QuotaExceeded`
 */
export function requireQuota(bearer: Bearer, tenant: PracticeTenant): void {
  if (bearer.kind === 'application' || isApplicationAdministrator(bearer)) return;
  const { applications, servicePrincipals, deletedApplications, deletedServicePrincipals } = tenant;
  const owned = [...applications, ...servicePrincipals, ...deletedApplications, ...deletedServicePrincipals].filter((object) =>
    ownersOf(object).includes(bearer.objectId),
  );
  if (owned.length < objectsOfOnePerson) return;
  throw new Refusal(
    403,
    'Directory_QuotaExceeded',
    'The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.',
  );
}
