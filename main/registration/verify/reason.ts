import type { CredentialRecord } from '../../credential/index.ts';
import type { Texts } from '../../texts/index.ts';
import { checkTitle } from './checks/index.ts';

/**
 * Why a credential needs attention, in as few words as stand beside a state, with Microsoft's number where it gave one:
 * “certificate expired (AADSTS700027)”.
 *
 * @returns null in every other state, and where no failed check is stored
 */
export function attentionReason({ state, proof }: Pick<CredentialRecord, 'state' | 'proof'>, texts: Texts): string | null {
  const failed = state === 'needs-attention' ? proof?.checks.find(({ result }) => result === 'failed') : undefined;
  if (failed === undefined) return null;
  const { check, evidence } = failed;
  const key = typeof evidence === 'string' ? '' : `reason.${evidence.code}`;
  const words = texts.has(key) ? texts.t(key) : checkTitle(check, texts);
  const number = typeof evidence === 'string' ? undefined : evidence.params['number'];
  return number === undefined ? words : `${words} (${number})`;
}
