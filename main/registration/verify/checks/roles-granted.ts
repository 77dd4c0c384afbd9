import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed, pending } from '../verdict.ts';

/** Admin consent, role by role, each matched on (resource, role). */
export const rolesGranted: CheckRule = {
  applies: () => true,
  validate: inRegistration(({ resources, roleGrants, tenant }, { run, consentOutstanding }) => {
    const wanted = run.record.profile.permissions.filter(({ type }) => type === 'Role');
    const missing = wanted.filter(({ resourceAppId, value }) => {
      const resource = resources[resourceAppId];
      const roleId = resource?.roles[value];
      return !roleGrants.some((grant) => grant.resourceId === resource?.servicePrincipalId && grant.appRoleId === roleId);
    });
    const named = (permissions: typeof wanted) => permissions.map(({ value }) => value).join(', ');
    return missing.length === 0
      ? passed('check.roles-granted.passed', { tenant: tenant.displayName, roles: named(wanted) })
      : (consentOutstanding ? pending : failed)('check.roles-granted.missing', { roles: named(missing) });
  }),
  // A second line of defence: who sees the key credential, which has to have passed, sees the grants in the same batch.
  decisiveIn: 'external',
};
