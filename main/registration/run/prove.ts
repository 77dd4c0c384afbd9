import { clouds } from '../../clouds/index.ts';
import { withFacts, type Check, type CredentialRecord, type Proof } from '../../credential/index.ts';
import type { Observed } from '../observed.ts';
import { createBackoff, replicationWindow } from '../backoff.ts';
import { partsBehind } from '../observe/behind.ts';
import { planRegistration } from '../plan/index.ts';
import { entryOf, factsInTenant } from '../certificates/settle.ts';
import { provenRotation } from '../certificates/timeline.ts';
import { verifyRegistration } from '../verify/index.ts';
import { desiredRegistration } from './desired-registration.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { fromServerWord } from './server-word.ts';
import { settleFromTenant } from './settled.ts';
import { soughtBy } from './sought.ts';

export interface ProofRequest {
  readonly record: CredentialRecord;
  readonly administratorView: Observed | null;
  /** Consent that the administrator of this run could not give. */
  readonly consentRefused: boolean;
  /** Poll while Microsoft replicates, or look once. */
  readonly untilReplicated: boolean;
  /** The mailbox whose messages are counted; left out, none is touched. */
  readonly mailbox?: string;
}

/** Whether everything that needs consent is granted, as an administrator sees it. */
function isConsented(record: CredentialRecord, observed: Observed): boolean {
  const { changes } = planRegistration(desiredRegistration(record, []), observed);
  return changes.every(({ change }) => change.change !== 'grant-role' && change.change !== 'grant-scopes');
}

/** Tokens may lag behind a write of ours; once a token has proven everything since, they do no longer. */
function isReplicating(engine: LeasedEngine, record: CredentialRecord): boolean {
  const last = engine.trail.writesTo(record.id).at(-1);
  if (last === undefined || engine.clock.now().getTime() - Date.parse(last.at) > replicationWindow) return false;
  return record.proof === null || !record.proof.ok || Date.parse(record.proof.at) < Date.parse(last.at);
}

/** What passed before is remembered of a check that nobody can make now. A new certificate begins without a proof, so nothing of another's is. */
function withLastPassed(proof: Proof, { proof: before }: CredentialRecord): Proof {
  const passedAt = (check: Check): string | undefined => {
    if (check.result === 'passed') return proof.at;
    const earlier = check.result === 'not-testable' ? before?.checks.find((each) => each.check === check.check) : undefined;
    return earlier?.passedAt ?? (earlier?.result === 'passed' ? before?.at : undefined);
  };
  const checks = proof.checks.map((check) => {
    const at = passedAt(check);
    return at === undefined ? check : { ...check, passedAt: at };
  });
  return { ...proof, checks };
}

export interface Proven {
  readonly record: CredentialRecord;
  readonly proof: Proof;
  /** The registration as it was seen; null when nobody who may look was there. */
  readonly seen: Observed | null;
}

/**
 * Verifies, polling while checks are pending, and stores proof and state. An outage stores nothing: the last proof stands.
 *
 * @throws GraphFailure, Fault of kind `unreachable`, Fault('interrupted'), the faults of the keychain
 */
export async function prove(engine: LeasedEngine, connection: Connection, request: ProofRequest, run: Run): Promise<Proven> {
  const { record, administratorView } = request;
  const { certificate } = record;
  const privateKey =
    record.custody === 'external' || certificate === null
      ? null
      : await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
  const consentedNow = administratorView !== null && isConsented(record, administratorView);
  const consentOutstanding = request.consentRefused || (record.state === 'waiting-consent' && !consentedNow);
  const backoff = createBackoff(engine.clock, engine.backoff);
  run.onProgress({ kind: 'verifying' });
  const server = await engine.linkedServers.ask(soughtBy(record), run.signal);
  for (;;) {
    const { proof, evidence } = await verifyRegistration({
      identity: connection.identity,
      cloud: clouds[record.cloud],
      record,
      desired: desiredRegistration(record, []),
      privateKey,
      directoryWith: (accessToken) => connection.directory({ accessToken: () => Promise.resolve(accessToken) }),
      administratorView,
      mailbox: request.mailbox ?? null,
      probes: connection.probes,
      ewsSwitch: engine.ewsSwitches.of(record.tenantId),
      server,
      clock: engine.clock,
      replicating: isReplicating(engine, record),
      behind: (view) => partsBehind({ trail: engine.trail, credentialId: record.id, uncertain: true }, engine.clock.now(), view),
      consentOutstanding,
      ...(run.signal ? { signal: run.signal } : {}),
    });
    const waits = request.untilReplicated && proof.state === 'waiting-replication';
    if (!waits || !(await backoff.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor: 'token' }), run.signal))) {
      engine.log.info('credential.verified', {
        credential: record.id,
        state: proof.state,
        checks: proof.checks.map(({ check, result }) => `${check}: ${result}`),
      });
      const kept = engine.store.change(record.id, (now) => {
        // A certificate that took its place meanwhile was not proven.
        if (now.certificate?.thumbprint !== certificate?.thumbprint) return null;
        const { observed } = evidence.view;
        const application = observed?.application ?? null;
        const entry = application === null || now.certificate === null ? undefined : entryOf(application, now.certificate);
        const seen =
          certificate === null || !entry || !observed ? {} : withFacts(now, certificate.thumbprint, factsInTenant(entry, observed.at));
        // Nothing could be tested from here: what was found before stands, with its date.
        const untested = now.proof !== null && proof.checks.every(({ result }) => result === 'not-testable');
        if (untested) return Object.keys(seen).length === 0 ? null : seen;
        const rotation = provenRotation(now, proof, engine.clock.now());
        const known = { ...now, ...seen, rotation };
        const told = fromServerWord(engine, known, proof.checks, engine.clock.now());
        return { ...seen, rotation, ...told, proof: withLastPassed(proof, now), state: proof.state };
      });
      const seen = evidence.view.observed;
      const settled = seen === null ? kept : await settleFromTenant(engine, kept, seen);
      // After a restored backup another certificate may be the current one: it is that one's turn.
      if (settled !== kept && settled.certificate?.thumbprint !== certificate?.thumbprint)
        return prove(engine, connection, { ...request, record: settled }, run);
      return { record: settled, proof, seen };
    }
  }
}
