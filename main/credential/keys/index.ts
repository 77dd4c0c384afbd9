export { compareKeys } from './compare.ts';
export type { KeyComparison, MissingKey, UnneededKey } from './compare.ts';
export { forgetUnneeded } from './forget.ts';
export type { ForgottenKeys } from './forget.ts';
