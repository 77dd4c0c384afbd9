import type { CheckRule } from '../check-rule.ts';
import { freshToken } from '../token.ts';

export const tokenGraph: CheckRule = {
  applies: () => true,
  validate: freshToken('graph'),
  decisiveIn: 'keyring',
};
