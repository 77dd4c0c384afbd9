import type { Texts } from '../../bridge/translate.ts';
import { verdictOf } from '../proof/index.ts';
import type { Verification } from './use-verification.ts';

/** How many of them have been asked. */
export const done = ({ proven, untested, bad, refused }: Verification) => proven + untested + bad + refused.length;

/** How a run of Verify ended, in one sentence. */
export function verifiedText(verification: Verification, texts: Texts): string {
  const { t } = texts;
  const { ids, proven, untested, bad, refused, cancelled, last } = verification;
  // One credential has a verdict of its own.
  if (ids.length === 1 && last !== null) {
    const { key, params } = verdictOf(last, texts);
    return t(key, params);
  }
  return t(cancelled ? 'manager.verified.cancelled' : 'manager.verified', {
    total: ids.length,
    done: done(verification),
    proven,
    untested,
    bad,
    refused: refused.length,
  });
}
