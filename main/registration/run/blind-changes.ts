import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { reachedAt } from '../certificates/timeline.ts';
import { isAccepted } from './signing-key.ts';

/**
 * The changes of the key credentials where the credential may not read its own application: a token issued for the current
 * certificate tells that it is published, and what is retired is named by the keyId that Microsoft gave for it.
 *
 * @throws Fault service.*, interrupted
 */
export async function blindChanges(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  desired: Desired,
  retired: readonly StoredCertificate[],
  run: Run,
): Promise<PlannedChange[]> {
  const { certificate } = desired;
  if (certificate === null) throw new Fault('rotation.no-certificate', { params: { name: record.name } });
  const { rotation } = record;
  const published = rotation === null || reachedAt(rotation, 'published') !== null || (await isAccepted(engine, connection, record, run));
  if (!published) return [{ change: { change: 'add-key-credential', certificate }, step: 'G10', removes: false }];
  return retired.flatMap(({ keyId, subject }): PlannedChange[] =>
    keyId === null
      ? []
      : [{ change: { change: 'remove-key-credential', keyId, displayName: subject, ours: true }, step: 'G10', removes: true }],
  );
}
