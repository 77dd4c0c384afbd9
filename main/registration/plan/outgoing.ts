import type { PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';

/** A role that a move to another profile has left behind, once it is to go. */
export const isOutgoing = ({ change }: PlannedChange, { outgoing = [] }: Desired, { resources }: Observed): boolean =>
  change.change === 'revoke-role' &&
  outgoing.some(({ resourceAppId, value }) => value === change.value && resources[resourceAppId]?.servicePrincipalId === change.resourceId);

/**
 * The same among the permissions that the application asks for (`requiredResourceAccess`): as long as one stands there, *Grant admin
 * consent* in the portal grants it again (Microsoft Entra, "Grant tenant-wide admin consent to an application").
 */
export function outgoingRequirements({ outgoing = [], permissions }: Desired, { application, resources }: Observed): PlannedChange[] {
  return outgoing
    .filter((each) => !permissions.some(({ resourceAppId, value }) => resourceAppId === each.resourceAppId && value === each.value))
    .flatMap(({ resourceAppId, value }): PlannedChange[] => {
      const id = resources[resourceAppId]?.roles[value];
      const asked = application?.required.some(
        (entry) =>
          entry.resourceAppId === resourceAppId && entry.resourceAccess.some((access) => access.id === id && access.type === 'Role'),
      );
      if (id === undefined || asked !== true) return [];
      return [{ change: { change: 'remove-permission', resourceAppId, id, type: 'Role', value }, step: 'permissions', removes: true }];
    });
}
