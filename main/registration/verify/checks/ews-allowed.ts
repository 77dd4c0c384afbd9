import { allowEwsScript, usesEws } from '../../ews.ts';
import type { EwsSwitch } from '../../exchange-result.ts';
import type { CheckRule } from '../check-rule.ts';
import { mailVerdict } from '../mail-verdict.ts';
import { notTestable } from '../verdict.ts';

/**
 * What an administrator's result says of this application (Exchange PowerShell reference, Set-OrganizationConfig: EwsEnabled off blocks all,
 * and a list in force all that it does not name).
 */
function found({ enabled, allowed }: EwsSwitch, clientId: string | null): 'off' | 'unset' | 'open' | 'listed' | 'missing' {
  if (enabled === false) return 'off';
  if (enabled === null) return 'unset';
  if (allowed === null) return 'open';
  return allowed.includes(clientId?.toLowerCase() ?? '') ? 'listed' : 'missing';
}

/**
 * The tenant's switch and list for EWS are not in Microsoft Graph: a mailbox that somebody named tells, or an Exchange administrator runs
 * the script. Its result is remembered, and is a word of another day: nothing passes by it.
 */
export const ewsAllowed: CheckRule = {
  applies: ({ profile }) => usesEws(profile),
  validate: (context) => {
    const { record, cloud, ewsSwitch } = context.run;
    const script = allowEwsScript(record.clientId ?? '<application (client) id>', cloud);
    const counted = mailVerdict(context, 'ews');
    if (counted !== null) {
      const code = typeof counted.evidence === 'string' ? '' : counted.evidence.code;
      return ['check.mail.disabled', 'check.mail.not-allowed'].includes(code) ? { ...counted, script } : counted;
    }
    if (ewsSwitch === null) return { ...notTestable('check.ews-allowed.not-testable'), script };
    const state = found(ewsSwitch, record.clientId);
    const read = notTestable('check.ews-allowed.read', { when: ewsSwitch.source.slice(0, 10), found: state });
    return state === 'listed' ? read : { ...read, script };
  },
  aboutMail: true,
};
