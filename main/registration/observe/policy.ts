import { shaped } from '../../directory/index.ts';
import type { ObservedApplication, ObservedPolicy } from '../observed.ts';
import { found, readable, type Answers } from './answers.ts';
import { policiesShape, tenantPolicyShape } from './shapes.ts';
import { observedPolicy } from './translate.ts';

export const tenantPolicyPath = { policy: '/policies/defaultAppManagementPolicy' };

/** The policy of an application itself, once its object id is known. */
export const applicationPolicyPath = (objectId: string): Record<string, string> => ({
  applicationPolicy: `/applications/${objectId}/appManagementPolicies`,
});

/** What is still to be read of the policies of an application that was found; nothing where policies may not be read. */
export function openPolicyPath(answers: Answers, application: ObservedApplication | null): Record<string, string> {
  const open = application !== null && !('applicationPolicy' in answers) && readable(answers, 'policy') !== null;
  return open ? applicationPolicyPath(application.objectId) : {};
}

/** An identity that may not read it, or a cloud that does not offer it: then Microsoft decides, and nothing else fails for it. */
function isWithheld({ applicationPolicy: answer }: Answers): boolean {
  return answer !== undefined && !answer.ok && (answer.failure.kind === 'forbidden' || answer.failure.kind === 'invalid');
}

/**
 * The policy that decides. "When both the tenant default policy and an app management policy exist, the app management policy
 * takes precedence and the assigned application doesn't inherit from the tenant default policy" (Microsoft Graph, "Microsoft
 * Entra application authentication methods API overview").
 *
 * @returns null where one of them cannot be read
 */
export function policyIn(answers: Answers, application: ObservedApplication | null, now: Date): ObservedPolicy | null {
  const tenants = readable(answers, 'policy');
  if (tenants === null || isWithheld(answers)) return null;
  const createdAt = application?.createdDateTime ? new Date(application.createdDateTime) : now;
  const own = found(answers, 'applicationPolicy');
  const [policy = shaped(tenantPolicyShape, tenants)] = own === null ? [] : shaped(policiesShape, own).value;
  return observedPolicy(policy, createdAt);
}
