import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed } from '../verdict.ts';

export const servicePrincipal: CheckRule = {
  applies: () => true,
  validate: inRegistration(({ servicePrincipal: principal }) => {
    if (principal === null) return failed('check.service-principal.missing');
    if (!principal.accountEnabled) return failed('check.service-principal.disabled');
    return principal.assignmentRequired
      ? failed('check.service-principal.assignment-required')
      : passed('check.service-principal.passed', { id: principal.id });
  }, 'service-principal'),
};
