/**
 * The proof: evidence is gathered once (`evidence.ts`), each check of `checks/` that applies to the credential validates it, and
 * `proof-state.ts` says what they come to. What a check says is data; `describe.ts` makes the sentence when it is shown. A
 * new check is one file in `checks/`, its line in `checks/index.ts`, and its texts.
 */
import type { Check, CredentialRecord, Proof } from '../../credential/index.ts';
import type { CheckContext } from './check-rule.ts';
import { checks, isAboutMailbox } from './checks/index.ts';
import { gatherEvidence, type Evidence, type EvidenceRun } from './evidence.ts';
import { isDone, proofState } from './proof-state.ts';

export interface VerifyRun extends EvidenceRun {
  readonly server: CheckContext['server'];
  readonly replicating: boolean;
  readonly behind: CheckContext['behind'];
  readonly consentOutstanding: boolean;
}

export interface Verified {
  readonly proof: Proof;
  readonly evidence: Evidence;
}

/** No mailbox was named this time, and what counting one has shown of this certificate stands, with its date. */
function onlyMailUncounted({ proof }: CredentialRecord, now: readonly Check[]): boolean {
  const open = now.filter(({ result }) => result !== 'passed').map(({ check }) => check);
  const countedBefore = (name: string): boolean => {
    const before = proof?.checks.find(({ check }) => check === name);
    return before?.result === 'passed' || (before?.result === 'not-testable' && before.passedAt !== undefined);
  };
  return open.length > 0 && open.every((name) => isAboutMailbox(name) && countedBefore(name));
}

/**
 * Proves the end state with evidence. A check passes only on evidence; what cannot be seen is `not-testable` with the
 * reason, and what Microsoft has not replicated yet is `pending`.
 *
 * @throws GraphFailure and Fault of kind `unreachable` where a service did not answer, Fault('interrupted')
 */
export async function verifyRegistration({ server, replicating, behind, consentOutstanding, ...run }: VerifyRun): Promise<Verified> {
  const evidence = await gatherEvidence(run);
  const context: CheckContext = { run, evidence, server, replicating, behind, consentOutstanding };
  const { record } = run;
  const validated = Object.entries(checks)
    .filter(([, rule]) => rule.applies(record, server !== null))
    .map(([check, rule]) => ({ check, ...rule.validate(context) }));
  const found = proofState(record, validated, consentOutstanding);
  // A server that is away takes nothing back: what it proved stands.
  const away = server !== null && 'fault' in server && server.fault.kind === 'unreachable';
  const stands = record.state === 'proven' && (found === 'set-up' || found === 'confirmed');
  const state = stands && (away || onlyMailUncounted(record, validated)) ? 'proven' : found;
  return { proof: { ok: isDone(record, validated), state, checks: validated, at: run.clock.now().toISOString() }, evidence };
}
