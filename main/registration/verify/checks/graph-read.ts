import type { CheckRule } from '../check-rule.ts';
import { notTestable, passed, refused } from '../verdict.ts';

/** One real read with the credential's own token. */
export const graphRead: CheckRule = {
  applies: ({ custody }) => custody !== 'external',
  validate: ({ evidence: { read }, replicating }) => {
    if (read === null) return notTestable('check.graph-read.none');
    return read.ok ? passed('check.graph-read.passed', { users: read.users }) : refused(read.fault, replicating ? 'pending' : 'failed');
  },
};
