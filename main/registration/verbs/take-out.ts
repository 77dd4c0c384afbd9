import type { DamagedRow } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import type { Engine } from '../engine.ts';

/** Where a damaged row is written when nobody says otherwise: a file name whatever stands in the row. */
export const damagedRowFile = ({ id }: DamagedRow, at: Date): string =>
  `damaged-${id.replaceAll(/[^\w-]/g, '_').slice(0, 60)}-${at.toISOString().replaceAll(/[:.]/g, '-')}.json`;

/** @throws Fault input.credential.unknown */
export function findDamaged({ store }: Engine, idOrName: string): DamagedRow {
  const asked = idOrName.trim().normalize('NFC').toLowerCase();
  const found = store.damaged().find(({ id, name }) => id.toLowerCase() === asked || name?.toLowerCase() === asked);
  if (found === undefined) throw new Fault('input.credential.unknown', { params: { credential: idOrName } });
  return found;
}

/**
 * Moves a row that cannot be read out of the list into a file, as it stands there. Its keys stay in the keychain, and
 * nothing changes in the tenant.
 *
 * @param force over a file that is there
 * @returns what was moved
 * @throws Fault input.credential.unknown, file.*, lease.held, lease.lost
 */
export async function takeOut(engine: Engine, idOrName: string, path: string, force = false): Promise<DamagedRow> {
  const row = findDamaged(engine, idOrName);
  return engine.leases.withLease(row.id, engine.owner, async () => {
    const document = engine.store.damagedDocument(row.id);
    if (document === null) throw new Fault('input.credential.unknown', { params: { credential: idOrName } });
    await writeNewFile(path, Buffer.from(`${JSON.stringify({ ...row, document }, null, 2)}\n`), { force });
    if (!engine.store.discardDamaged(row.id, document, engine.clock.now())) throw new Fault('lease.lost');
    engine.log.warn('credential.damaged-row-taken-out', { credential: row.id, reason: row.reason, path });
    return row;
  });
}
