import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { reachedAt } from '../certificates/timeline.ts';
import { removalsBegun } from './removed.ts';
import { isAccepted } from './signing-key.ts';

/**
 * The changes of the key credentials where the credential may not read its own application: a token issued for the current
 * certificate tells that it is published, and what is retired is named by the keyId that Microsoft gave for it. What it said
 * it has removed is not asked for again.
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
  if (!published) return [{ change: { change: 'add-key-credential', certificate }, step: 'key-credential', removes: false }];
  const { done } = removalsBegun(engine.trail, record.id);
  return retired.flatMap(({ keyId, subject, thumbprint }): PlannedChange[] =>
    keyId === null || done.has(keyId)
      ? []
      : [
          {
            change: { change: 'remove-key-credential', keyId, displayName: subject, ours: true, thumbprint },
            step: 'key-credential',
            removes: true,
          },
        ],
  );
}
