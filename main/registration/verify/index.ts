import { resourceAppIds, type Cloud } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import { isReplicationFault } from '../../identity/index.ts';
import type { Texts } from '../../texts/index.ts';
import { handoverOf } from '../../credential/index.ts';
import type { Check, CheckName, CredentialRecord, CredentialState, Proof } from '../../credential/record.ts';
import { graphFault } from '../../directory/index.ts';
import { GraphFailure } from '../../directory/directory.ts';
import { allowEwsScript } from '../ews.ts';
import { gatherEvidence, type Evidence, type EvidenceRun } from './evidence.ts';
import { registrationChecks } from './registration-checks.ts';
import { tokenChecks, type CheckContext } from './token-checks.ts';

export interface VerifyRun extends EvidenceRun {
  readonly texts: Texts;
  readonly replicating: boolean;
  readonly consentOutstanding: boolean;
}

export interface Verified {
  readonly proof: Proof;
  readonly evidence: Evidence;
}

/** The tenant's EWS allow list is not in Microsoft Graph; its evidence is the script that an Exchange administrator runs. */
function ewsCheck({ run, t }: CheckContext, cloud: Cloud): Check[] {
  const usesEws = run.record.profile.permissions.some(
    (permission) => permission.resourceAppId === resourceAppIds.exchange && permission.value === 'full_access_as_app',
  );
  if (!usesEws) return [];
  const script = allowEwsScript(run.record.clientId ?? '<application (client) id>', cloud);
  return [
    { check: 'ews-allowed' as const, result: 'not-testable' as const, evidence: `${t('check.ews-allowed.not-testable')}\n${script}` },
  ];
}

function proofState(record: CredentialRecord, checks: readonly Check[], consentOutstanding: boolean): CredentialState {
  if (checks.some((check) => check.result === 'failed')) return 'needs-attention';
  if (record.certificate === null) return 'waiting-certificate';
  if (checks.some((check) => check.result === 'pending')) return consentOutstanding ? 'waiting-consent' : 'waiting-replication';
  if (checks.every((check) => check.result === 'passed')) return 'proven';
  // Nothing could be seen this time: what was known before stands.
  if (checks.every((check) => check.result === 'not-testable')) return record.state;
  return handoverOf(record) !== null ? 'confirmed' : 'set-up';
}

/** What has to have passed before anything is called done: tokens where we hold the key, else what can be read. */
function decisive(record: CredentialRecord): readonly CheckName[] {
  if (record.custody === 'external')
    return ['key-credential', 'roles-granted', ...(record.redirectUri === null ? [] : ['redirect-uri' as const])];
  return ['token-graph', 'token-exchange'];
}

/**
 * Proves the end state with evidence. A check passes only on evidence; what cannot be seen is `not-testable` with the
 * reason, and what Microsoft has not replicated yet is `pending`.
 *
 * @throws GraphFailure and Fault of kind `unreachable` where a service did not answer, Fault('interrupted')
 */
export async function verifyRegistration(run: VerifyRun): Promise<Verified> {
  const evidence = await gatherEvidence(run);
  const { t } = run.texts;
  const faultSentence = (error: unknown) => {
    const fault = error instanceof GraphFailure ? graphFault(error, { step: 'verify' }) : error;
    if (!(fault instanceof Fault)) return String(error);
    const { message, fix } = run.texts.faultText(fault);
    return `${message} ${fix}`;
  };
  const context: CheckContext = {
    run,
    evidence,
    t,
    faultSentence,
    replicating: run.replicating,
    consentOutstanding: run.consentOutstanding,
    isReplication: (fault) => fault instanceof Fault && isReplicationFault(fault),
  };
  const checks = [...tokenChecks(context), ...registrationChecks(context), ...ewsCheck(context, run.cloud)];
  const settled = checks.every((check) => check.result !== 'failed' && check.result !== 'pending');
  const names = decisive(run.record);
  const ok = settled && checks.every((check) => !names.includes(check.check) || check.result === 'passed');
  const proof: Proof = { ok, state: proofState(run.record, checks, run.consentOutstanding), checks, at: run.clock.now().toISOString() };
  return { proof, evidence };
}
