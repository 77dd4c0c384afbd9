import { allowEwsScript, usesEws } from '../../ews.ts';
import type { CheckRule } from '../check-rule.ts';
import { mailVerdict } from '../mail-verdict.ts';
import { notTestable } from '../verdict.ts';

/**
 * The tenant's switch and list for EWS are not in Microsoft Graph: a mailbox that somebody named tells, or an Exchange administrator runs
 * the script.
 */
export const ewsAllowed: CheckRule = {
  applies: ({ profile }) => usesEws(profile),
  validate: (context) => {
    const { record, cloud } = context.run;
    const verdict = mailVerdict(context, 'ews') ?? notTestable('check.ews-allowed.not-testable');
    const code = typeof verdict.evidence === 'string' ? '' : verdict.evidence.code;
    const scripted = ['check.ews-allowed.not-testable', 'check.mail.disabled', 'check.mail.not-allowed'].includes(code);
    return scripted ? { ...verdict, script: allowEwsScript(record.clientId ?? '<application (client) id>', cloud) } : verdict;
  },
  aboutMail: true,
};
