import { scopableWay, type ProfilePermission } from '../../servers/index.ts';
import type { CheckContext } from './check-rule.ts';
import { isCounted } from './mail-verdict.ts';

/**
 * Whether Exchange itself gives the application this permission: the token does not show it, nor do the grants, and the inbox was
 * counted by it all the same (RBAC for Applications).
 */
export function isScoped(context: CheckContext, permission: ProfilePermission): boolean {
  const way = scopableWay(permission);
  return way !== null && isCounted(context, way);
}
