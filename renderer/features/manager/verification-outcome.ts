import type { ReportView } from '../../../preload/contract.ts';
import { isUntested } from '../proof/index.ts';

/** What a verification is counted as: `proven` only on evidence. */
export type VerificationOutcome = 'proven' | 'untested' | 'bad';

/** A credential of which a part could not be tested is not called proven. */
export function outcomeOf({ credential, proof }: ReportView): VerificationOutcome {
  if (isUntested(proof)) return 'untested';
  if (credential.state === 'needs-attention') return 'bad';
  return credential.state === 'proven' ? 'proven' : 'untested';
}
