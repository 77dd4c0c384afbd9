import { inTenant } from './graph-faults.ts';
import type { Lifetime } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { recordNotices } from './notices.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { begunByMicrosoft } from '../certificates/issue.ts';
import { prepareSuccessor } from '../certificates/new-certificate.ts';
import { prove } from './prove.ts';
import { report, type Report } from './report.ts';
import { retirable } from '../certificates/retirable.ts';
import { rollKeys } from './roll-keys.ts';
import { signers, signingKey } from './signing-key.ts';
import { succession } from '../certificates/timeline.ts';

export interface UnattendedWork {
  readonly record: CredentialRecord;
  readonly begin: boolean;
  readonly overlapDays: number;
  /** Of the new certificate; null: as long as the old one. */
  readonly lifetime: Lifetime | null;
}

/** Makes key and certificate and keeps them, the key first and read back: nothing is published that is not kept. */
async function keepSuccessor(engine: LeasedEngine, { record, overlapDays, lifetime }: UnattendedWork, run: Run): Promise<CredentialRecord> {
  if (record.certificate === null) throw new Fault('rotation.no-certificate', { params: { name: record.name } });
  const { asked, dated } = await prepareSuccessor(engine, record.appName, record.certificate, lifetime, run);
  const now = engine.clock.now();
  // Without an administrator nobody may read the policy: Microsoft tells what it refuses.
  const { stored, privateKey } = await dated(begunByMicrosoft(asked, { now, microsoftNow: engine.serverTime() ?? now }));
  if (privateKey !== null) await engine.secrets.save({ credentialId: record.id, thumbprint: stored.thumbprint }, privateKey);
  // Microsoft chooses the keyId of a key that an application adds itself.
  return engine.store.change(record.id, (stands) => {
    if (stands.certificate?.thumbprint !== record.certificate?.thumbprint)
      throw new Fault('store.changed', { params: { name: stands.name } });
    return succession(stands, { ...stored, keyId: null }, engine.clock.now(), overlapDays);
  });
}

async function rotated(engine: LeasedEngine, connection: Connection, work: UnattendedWork, run: Run): Promise<Report> {
  const { record, begin } = work;
  // The new key is made only when an old one works: with none, nothing could publish it.
  const signer = await signingKey(engine, connection, record, signers(record), run);
  const current = begin ? await keepSuccessor(engine, work, run) : record;
  const published = await rollKeys({ engine, connection, signer, retired: [], run }, current);
  const proven = await prove(
    engine,
    connection,
    { record: published.record, administratorView: null, consentRefused: false, untilReplicated: true },
    run,
  );
  const removal = await removeRetired(engine, connection, proven.record, run);
  const notices = recordNotices(removal.record, engine.texts);
  return report(
    {
      record: removal.record,
      changes: [...published.applied, ...removal.applied],
      findings: [],
      notices,
      proof: proven.proof,
      requests: connection.counts(),
    },
    engine.texts,
  );
}

/** Old key credentials go only by a proof of the current key: it works, whatever else happens. */
async function removeRetired(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  run: Run,
): ReturnType<typeof rollKeys> {
  const retired = retirable(record, engine.clock.now());
  const works = record.proof?.checks.some(({ check, result }) => check === 'token-graph' && result === 'passed') === true;
  if (retired.length === 0 || record.certificate === null || !works) return { record, applied: [] };
  const signer = await signingKey(engine, connection, record, [record.certificate], run);
  return rollKeys({ engine, connection, signer, retired, run }, record);
}

/**
 * Rotates a certificate without an administrator: the application adds its new key credential with a proof signed by the
 * current one, proves the new one with tokens, and removes old ones that were handed over. Whatever interrupts it leaves
 * the old or the new certificate valid and known; run again, it goes on.
 *
 * @throws Fault rotation.no-valid-certificate, rotation.proof-refused, token.*, registration.*, service.*, vault.*, interrupted
 */
export function rotateUnattended(engine: LeasedEngine, connection: Connection, work: UnattendedWork, run: Run): Promise<Report> {
  const params = { clientId: work.record.clientId ?? '', tenant: work.record.tenantName };
  return inTenant({ step: 'rotate', params }, () => rotated(engine, connection, work, run));
}
