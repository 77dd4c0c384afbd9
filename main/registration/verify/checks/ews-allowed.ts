import { allowEwsScript, usesEws } from '../../ews.ts';
import type { CheckRule } from '../check-rule.ts';
import { notTestable } from '../verdict.ts';

/** The tenant's EWS allow list is not in Microsoft Graph: an Exchange administrator runs the script. */
export const ewsAllowed: CheckRule = {
  applies: ({ profile }) => usesEws(profile),
  validate: ({ run: { record, cloud } }) => ({
    ...notTestable('check.ews-allowed.not-testable'),
    script: allowEwsScript(record.clientId ?? '<application (client) id>', cloud),
  }),
};
