import { Fault } from '../../faults.ts';
import type { CredentialRecord, Rotation, StoredCertificate } from '../../credential/record.ts';
import { recordNotices } from './notices.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { prove } from './prove.ts';
import { report, type Report } from './report.ts';
import { tokenWith } from './signing-key.ts';
import { isRemovalPending, reachedAt, reaching } from '../certificates/timeline.ts';

interface Back {
  readonly old: StoredCertificate;
  readonly replaced: StoredCertificate;
  readonly rotation: Rotation;
}

/** @throws Fault rotation.roll-back-external, rotation.nothing-to-roll-back */
function wayBack(record: CredentialRecord): Back {
  const { name, custody, certificate, earlierCertificates, rotation } = record;
  if (custody === 'external') throw new Fault('rotation.roll-back-external', { params: { name } });
  const old = earlierCertificates.find(({ thumbprint }) => thumbprint === rotation?.from);
  // A removed key may still get tokens for some minutes.
  const isOver = rotation !== null && (reachedAt(rotation, 'rolled-back') !== null || isRemovalPending(record));
  if (rotation === null || certificate === null || old === undefined || isOver)
    throw new Fault('rotation.nothing-to-roll-back', { params: { name } });
  return { old, replaced: certificate, rotation };
}

/** The old certificate has to work before it is the current one again. @throws Fault rotation.old-unusable, service.*, interrupted */
async function requireWorking(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  old: StoredCertificate,
  run: Run,
): Promise<void> {
  const unusable = (detail: string, cause?: unknown) =>
    new Fault('rotation.old-unusable', { params: { name: record.name, thumbprint: old.thumbprint, detail }, cause });
  const key = await engine.secrets.load({ credentialId: record.id, thumbprint: old.thumbprint });
  if (key === null) throw unusable(engine.texts.faultText(new Fault('vault.key-missing', { params: { name: record.name } })).message);
  try {
    await tokenWith(connection, record, old, key, run);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind === 'unreachable') throw error;
    throw unusable(engine.texts.faultText(error).message, error);
  }
}

/**
 * Makes the old certificate of the latest rotation the current one again. Nothing is written in the tenant: the server may
 * use either of the two, so the new one stays published until the handover of the old one is confirmed anew.
 *
 * @throws Fault rotation.roll-back-external, rotation.nothing-to-roll-back, rotation.old-unusable, service.*, vault.*, interrupted
 */
export async function rollBack(engine: LeasedEngine, connection: Connection, record: CredentialRecord, run: Run): Promise<Report> {
  const { old, replaced } = wayBack(record);
  await requireWorking(engine, connection, record, old, run);
  const back = engine.store.change(record.id, (now) => {
    // As it is now, with all that was said of the two certificates meanwhile.
    const way = wayBack(now);
    if (way.old.thumbprint !== old.thumbprint) throw new Fault('store.changed', { params: { name: now.name } });
    return {
      certificate: way.old,
      earlierCertificates: [...now.earlierCertificates.filter(({ thumbprint }) => thumbprint !== old.thumbprint), way.replaced],
      rotation: reaching(way.rotation, 'rolled-back', engine.clock.now()),
      // What was proven was proven with the other one.
      proof: null,
      state: 'never-checked',
    };
  });
  engine.log.info('certificate.rolled-back', { credential: record.id, from: replaced.thumbprint, to: old.thumbprint });
  const proven = await prove(
    engine,
    connection,
    { record: back, administratorView: null, consentRefused: false, untilReplicated: false },
    run,
  );
  const notices = recordNotices(proven.record, engine.texts);
  return report(
    { record: proven.record, changes: [], findings: [], notices, proof: proven.proof, requests: connection.counts() },
    engine.texts,
  );
}
