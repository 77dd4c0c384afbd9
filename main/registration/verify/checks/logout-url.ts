import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed } from '../verdict.ts';

export const logoutUrl: CheckRule = {
  applies: ({ redirectUri }) => redirectUri !== null,
  validate: inRegistration(({ application: { logoutUrl: url } }) =>
    url ? failed('check.logout-url.set', { url }) : passed('check.logout-url.passed'),
  ),
};
