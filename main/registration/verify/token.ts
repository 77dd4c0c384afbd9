import { resourceAppIds } from '../../clouds/index.ts';
import { isReplicationFault } from '../../identity/index.ts';
import type { CheckContext, CheckRule } from './check-rule.ts';
import type { TokenResource } from './evidence.ts';
import { isScoped } from './scoped.ts';
import { failed, notTestable, passed, pending, refused } from './verdict.ts';

/** Roles of the profile that a token lacks; those that Exchange gives itself, `scoped`, no token has. */
function missingRoles(context: CheckContext, resource: TokenResource, roles: readonly string[]) {
  const appId = resourceAppIds[resource];
  const missing = context.run.record.profile.permissions.filter(
    ({ type, resourceAppId, value }) => type === 'Role' && resourceAppId === appId && !roles.includes(value),
  );
  const scoped = missing.filter((permission) => isScoped(context, permission));
  const named = (permissions: typeof missing) => permissions.map(({ value }) => value);
  return { missing: named(missing.filter((permission) => !scoped.includes(permission))), scoped: named(scoped) };
}

/** Whether a token that was issued now lacks a role of the profile: what was granted is not known there, or is no longer. */
export const tokensLackRoles = (context: CheckContext): boolean =>
  (['graph', 'exchange'] as const).some((resource) => {
    const taken = context.evidence.tokens[resource];
    return taken !== undefined && 'token' in taken && missingRoles(context, resource, taken.token.claims.roles).missing.length > 0;
  });

/** A token names its resource by the address that was asked for, with or without a slash at its end, or by its app id. */
const isAudience = (aud: string, resource: TokenResource, address: string): boolean =>
  aud === resourceAppIds[resource] || aud.replace(/\/$/, '').toLowerCase() === address;

/** A fresh app-only token for one resource, of this application in this tenant, with that resource's roles. */
export const freshToken =
  (resource: TokenResource): CheckRule['validate'] =>
  (context) => {
    const { record, cloud } = context.run;
    const taken = context.evidence.tokens[resource] ?? { notTestable: 'no-certificate' };
    if ('notTestable' in taken) {
      if (taken.notTestable === 'no-certificate') return pending('check.token.no-certificate');
      return taken.notTestable === 'key-missing' ? failed('check.token.key-missing') : notTestable('check.token.external');
    }
    if ('fault' in taken) return refused(taken.fault, context.replicating && isReplicationFault(taken.fault) ? 'pending' : 'failed');
    const { aud, tid, appid, roles } = taken.token.claims;
    if (tid !== record.tenantId || appid !== record.clientId)
      return failed('check.token.other-identity', { tenant: tid, application: appid });
    const wanted = cloud[resource];
    if (!isAudience(aud, resource, wanted)) return failed('check.token.other-audience', { audience: aud || '–', wanted });
    const { missing, scoped } = missingRoles(context, resource, roles);
    if (missing.length > 0) {
      const late = context.replicating || context.consentOutstanding;
      return (late ? pending : failed)('check.token.roles-missing', { roles: missing.join(', ') });
    }
    const thumbprint = record.certificate?.thumbprint ?? '';
    const params = { roles: roles.join(', ') || '–', application: appid, tenant: tid, thumbprint };
    return scoped.length === 0
      ? passed('check.token.passed', params)
      : passed('check.token.scoped', { ...params, scoped: scoped.join(', ') });
  };
