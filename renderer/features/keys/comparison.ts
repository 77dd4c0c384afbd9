import type { Output } from '../../../preload/contract.ts';

export type KeyComparison = NonNullable<Output<'keys:compare'>>;
export type UnneededKey = KeyComparison['unneeded'][number];
export type MissingKey = KeyComparison['missing'][number];

/** One key among all. */
export const nameOf = ({ credentialId, thumbprint }: { readonly credentialId: string; readonly thumbprint: string }) =>
  `${credentialId}/${thumbprint}`;

/** The same for the same findings; empty where list and keychain agree. */
export function findingsOf({ unneeded, missing }: KeyComparison): string {
  return [...unneeded.map((key) => `+${nameOf(key)}`), ...missing.map((key) => `-${nameOf(key)}`)].toSorted().join(' ');
}
