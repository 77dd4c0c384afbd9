import { mailWays } from '../../../servers/index.ts';
import type { CheckRule } from '../check-rule.ts';
import { mailVerdict } from '../mail-verdict.ts';
import { notTestable } from '../verdict.ts';

/** Mail by Microsoft Graph, or by a way that nobody can try from here; EWS and IMAP have checks of their own. */
export const mailRead: CheckRule = {
  applies: ({ profile }) => {
    const ways = mailWays(profile);
    return ways.has('graph') || ways.has('other');
  },
  validate: (context) => {
    const verdict = mailWays(context.run.record.profile).has('graph') ? mailVerdict(context, 'graph') : null;
    return verdict ?? notTestable('check.mail-read.not-testable');
  },
  aboutMail: true,
};
