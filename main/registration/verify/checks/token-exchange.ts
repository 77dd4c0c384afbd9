import type { CheckRule } from '../check-rule.ts';
import { tokenResources } from '../evidence.ts';
import { freshToken } from '../token.ts';

export const tokenExchange: CheckRule = {
  applies: ({ profile }) => tokenResources(profile.permissions).includes('exchange'),
  validate: freshToken('exchange'),
  decisiveIn: 'keyring',
};
