import type { CheckRule } from '../check-rule.ts';
import { isScoped } from '../scoped.ts';
import { inRegistration } from '../seen.ts';
import { tokensLackRoles } from '../token.ts';
import { failed, passed, pending } from '../verdict.ts';

const seen = inRegistration(({ resources, roleGrants, tenant }, context) => {
  const { run, consentOutstanding } = context;
  const wanted = run.record.profile.permissions.filter(({ type }) => type === 'Role');
  const lacking = wanted.filter(({ resourceAppId, value }) => {
    const resource = resources[resourceAppId];
    const roleId = resource?.roles[value];
    return !roleGrants.some((grant) => grant.resourceId === resource?.servicePrincipalId && grant.appRoleId === roleId);
  });
  const scoped = lacking.filter((permission) => isScoped(context, permission));
  const missing = lacking.filter((permission) => !scoped.includes(permission));
  const named = (permissions: typeof wanted) => permissions.map(({ value }) => value).join(', ');
  const granted = { tenant: tenant.displayName, roles: named(wanted.filter((permission) => !scoped.includes(permission))) || '–' };
  if (missing.length === 0 && scoped.length > 0) return passed('check.roles-granted.scoped', { ...granted, scoped: named(scoped) });
  return missing.length === 0
    ? passed('check.roles-granted.passed', granted)
    : (consentOutstanding ? pending : failed)('check.roles-granted.missing', { roles: named(missing) });
}, 'role');

/**
 * Admin consent, role by role, each matched on (resource, role). Where a proof has found everything since it was granted, a token
 * without a role decides: it is not a read that is behind.
 */
export const rolesGranted: CheckRule = {
  applies: () => true,
  validate: (context) => {
    const verdict = seen(context);
    const isGone = !context.replicating && !context.consentOutstanding && tokensLackRoles(context);
    return verdict.result === 'pending' && isGone ? { ...verdict, result: 'failed' } : verdict;
  },
  // A second line of defence: who sees the key credential, which has to have passed, sees the grants in the same batch.
  decisiveIn: 'external',
};
