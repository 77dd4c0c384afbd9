import type { Check, CheckResult } from '../../credential/index.ts';
import { GraphFailure, graphFault } from '../../directory/index.ts';
import type { Fault } from '../../faults.ts';
import type { StatementCode, TextParams } from '../../texts/index.ts';

/** What a check came to, with its evidence or its reason; its name is the registry’s. */
export type Verdict = Omit<Check, 'check'>;

type OwnCode = Extract<StatementCode, `check.${string}`>;

const verdict =
  (result: CheckResult) =>
  (code: OwnCode, params: TextParams = {}): Verdict => ({ result, evidence: { code, params } });

export const passed = verdict('passed');
export const failed = verdict('failed');
/** Microsoft, or somebody whose turn it is, is not ready yet. */
export const pending = verdict('pending');
export const notTestable = verdict('not-testable');

/** A refusal of Microsoft’s, in its own words. */
export function refused(refusal: Fault | GraphFailure, result: 'failed' | 'pending'): Verdict {
  const { code, params } = refusal instanceof GraphFailure ? graphFault(refusal, { step: 'verify' }) : refusal;
  return { result, evidence: { code: `fault.${code}`, params } };
}
