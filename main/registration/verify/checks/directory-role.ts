import { namedChecks } from '../../../servers/index.ts';
import type { CheckRule } from '../check-rule.ts';
import { notTestable } from '../verdict.ts';

/** A role in the directory beside the permissions, of a profile that asks for it; roles are not read from here. */
export const directoryRole: CheckRule = {
  applies: ({ profile }) => namedChecks(profile.id).includes('directory-role'),
  validate: () => notTestable('check.directory-role.not-testable'),
};
