import { readsMail } from '../../../servers/index.ts';
import { usesEws } from '../../ews.ts';
import type { CheckRule } from '../check-rule.ts';
import { notTestable } from '../verdict.ts';

/** Mailboxes are never read from here; what EWS needs besides has a check of its own. */
export const mailbox: CheckRule = {
  applies: ({ profile }) => readsMail(profile) && !usesEws(profile),
  validate: () => notTestable('check.mailbox.not-testable'),
  aboutMail: true,
};
