import { Fault } from '../../faults.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import type { OwnKeys } from '../apply/own-keys.ts';
import type { WriteRecord } from '../apply/recorded-write.ts';
import { settlePublished } from '../certificates/settle.ts';
import type { PlannedChange } from '../change.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { writeKey } from './key-writes.ts';
import { signers, signingKey, type SigningKey } from './signing-key.ts';

/** Null where no key of ours gets a token now: the administrator's own write, which replaces the collection, is left. */
async function workingKey(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  changes: readonly PlannedChange[],
  run: Run,
): Promise<SigningKey | null> {
  const going = new Set(
    changes.flatMap(({ change }) =>
      change.change === 'remove-key-credential' && change.double !== true && change.ended !== true ? [change.thumbprint] : [],
    ),
  );
  const candidates = signers(record).filter(({ thumbprint }) => !going.has(thumbprint));
  try {
    return await signingKey(engine, connection, record, candidates, run);
  } catch (error) {
    run.signal?.throwIfAborted();
    if (!(error instanceof Fault) || error.kind === 'keychain') throw error;
    engine.log.info('key-credentials.no-own-key', { credential: record.id, fault: error.code });
    return null;
  }
}

/**
 * Single key credentials by the application itself, in a run with an administrator too: an administrator's PATCH replaces the
 * whole collection, and would take away what somebody else adds in the same moment (docs/decisions/shared-collections.md).
 */
export function ownKeysOf(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  write: WriteRecord,
  run: Run,
): (changes: readonly PlannedChange[]) => Promise<OwnKeys | null> {
  return async (changes) => {
    if (record.custody === 'external') return null;
    const signer = await workingKey(engine, connection, record, changes, run);
    if (signer === null) return null;
    const directory = connection.directory({ accessToken: () => Promise.resolve(signer.accessToken) });
    const actor = `${write.actor}, application ${record.clientId ?? ''}`;
    return {
      write: async (planned, objectId) => {
        const written = { directory, record: { ...write, actor }, objectId, signer, clock: engine.clock };
        const { keyId } = await writeKey(written, planned);
        const { change } = planned;
        if (change.change === 'add-key-credential')
          settlePublished(engine, record.id, change.certificate.thumbprint, keyId === null ? {} : { keyId });
      },
    };
  };
}
