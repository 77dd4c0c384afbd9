import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed } from '../verdict.ts';

export const idTokens: CheckRule = {
  applies: ({ redirectUri }) => redirectUri !== null,
  validate: inRegistration(({ application }) => {
    if (!application.idTokens) return failed('check.id-tokens.off');
    return application.accessTokens ? failed('check.id-tokens.access-tokens-on') : passed('check.id-tokens.passed');
  }),
};
