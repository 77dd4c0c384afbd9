import { mailWays } from '../../../servers/index.ts';
import type { CheckRule } from '../check-rule.ts';
import { mailVerdict } from '../mail-verdict.ts';
import { notTestable } from '../verdict.ts';

/** Mail over IMAP with the application's own token. */
export const imap: CheckRule = {
  applies: ({ profile }) => mailWays(profile).has('imap'),
  validate: (context) => mailVerdict(context, 'imap') ?? notTestable('check.imap.not-testable'),
  aboutMail: true,
};
