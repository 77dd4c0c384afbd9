import { asFault } from '../../faults.ts';
import { certificatesOf } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';
import { recordAct } from '../run/act.ts';

/** The row first, in a transaction that looks once more: whoever restored it meanwhile keeps the keys too. */
async function purge(engine: Engine, id: string, deletedAt: string): Promise<void> {
  await engine.leases.withLease(id, engine.owner, async () => {
    const record = engine.store.get(id);
    if (record === null || engine.unsettled.has(id) || !engine.bin.purge(id, deletedAt)) return;
    recordAct(engine, record, 'purge-credential', null, { thumbprints: certificatesOf(record).map(({ thumbprint }) => thumbprint) });
    engine.log.info('credential.purged', { credential: id });
    for (const { thumbprint } of certificatesOf(record)) {
      // What the keychain does not let go of now is found later as a key that nobody needs.
      await engine.secrets
        .forget({ credentialId: id, thumbprint })
        .catch((error: unknown) => engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint, error: String(error) }));
    }
  });
}

/**
 * Purges what has been in the bin for at least 30 days. Only in a run that a server has answered: what is destroyed because
 * time has passed needs a time that is not this computer's. Nothing that stands in the way is a failure of the run: it waits
 * for the next one.
 */
export async function emptyBin(engine: Engine): Promise<void> {
  const now = engine.serverTime();
  if (now === null) return;
  try {
    const binned = engine.store.list({ deleted: true });
    if (binned.length === 0) return;
    engine.bin.sight(now);
    const over = binned.filter(({ id, deletedAt }) => engine.bin.isOver(id, deletedAt ?? '', now));
    if (over.length === 0) return;
    await engine.secrets.probe();
    for (const { id, deletedAt } of over)
      await purge(engine, id, deletedAt ?? '').catch((error: unknown) =>
        engine.log.warn('credential.not-purged', { credential: id, fault: asFault(error).code }),
      );
  } catch (error) {
    engine.log.warn('bin.not-emptied', { fault: asFault(error).code });
  }
}
