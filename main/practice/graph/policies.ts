import type { AppManagementPolicy, PracticeAnswer } from '../world.ts';
import { collection, entity, type Presentation } from './answer.ts';
import type { Call } from './call.ts';
import { applicationOf } from './lookup.ts';

/** "Get tenantAppManagementPolicy", response example. */
const tenantPolicy: Presentation<AppManagementPolicy> = {
  type: 'tenantAppManagementPolicy',
  set: 'policies/defaultAppManagementPolicy',
  properties: ['id', 'displayName', 'description', 'isEnabled', 'applicationRestrictions', 'servicePrincipalRestrictions'],
  present: ({ id, isEnabled, applicationRestrictions, displayName = 'Default app management tenant policy' }) => ({
    id,
    isEnabled,
    displayName,
    description:
      'Default tenant policy that enforces app management restrictions on applications and service principals. To apply policy to targeted resources, create a new policy under appManagementPolicies collection.',
    applicationRestrictions: { passwordCredentials: [], ...applicationRestrictions },
    servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
  }),
};

/** "Get tenantAppManagementPolicy". */
export function getDefaultPolicy(call: Call): PracticeAnswer {
  return entity(call, tenantPolicy, call.tenant.defaultAppManagementPolicy);
}

/** "appManagementPolicy resource type". */
const applicationPolicies: Presentation<AppManagementPolicy> = {
  type: 'appManagementPolicy',
  set: 'policies/appManagementPolicies',
  properties: ['id', 'displayName', 'description', 'isEnabled', 'restrictions'],
  present: ({ id, isEnabled, applicationRestrictions, displayName = 'App management policy' }) => ({
    id,
    isEnabled,
    displayName,
    description: null,
    restrictions: { passwordCredentials: [], ...applicationRestrictions },
  }),
};

/** "List appManagementPolicies" of one application: at most one policy applies to an application. */
export function listPoliciesOfApplication(call: Call): PracticeAnswer {
  const policy = call.tenant.applicationPolicies[applicationOf(call).id];
  return collection(call, applicationPolicies, policy ? [policy] : []);
}
