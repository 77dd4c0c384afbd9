import { defaultLifetime } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import type { Engine, Run } from '../engine.ts';
import { recordAct } from '../run/act.ts';
import type { Report } from '../run/report.ts';
import { repair } from './repair.ts';
import { verify } from './verify.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { isRegistrationDeleted } from './delete-registration.ts';

function inBin(engine: Engine, idOrName: string): CredentialRecord | null {
  try {
    return engine.store.find(idOrName, { deleted: true });
  } catch (error) {
    if (error instanceof Fault && error.code === 'input.credential.unknown') return null;
    throw error;
  }
}

/** Out of the bin, or one that an interrupted restoration has taken out of it already. */
function takeBack(engine: Engine, binned: CredentialRecord | null, idOrName: string): CredentialRecord {
  if (binned === null) return engine.store.find(idOrName);
  const restored = engine.store.undelete(binned.id);
  recordAct(engine, restored, 'restore-credential', null);
  engine.log.info('credential.restored', { credential: binned.id });
  return restored;
}

/** A restoration that ended before it wrote anything in the tenant leaves the credential in the bin. */
function putBack(engine: Engine, { id, deletedAt }: CredentialRecord): void {
  if (deletedAt !== null && isRegistrationDeleted(engine, id)) engine.store.softDelete(id, new Date(deletedAt));
}

/**
 * Brings a removed credential back into the list. Where its registration was deleted too, application *and* service
 * principal are restored in the tenant (restoring the one does not bring back the other), and all is verified. Run
 * again, it completes what was interrupted; nobody signed in, nothing changed.
 *
 * @throws Fault input.credential.unknown, input.name.taken, the faults of verify and repair
 */
export async function restore(engine: Engine, idOrName: string, run: Run): Promise<Report> {
  const binned = inBin(engine, idOrName);
  const { id } = takeBack(engine, binned, idOrName);
  if (!isRegistrationDeleted(engine, id)) return verify(engine, id, { signIn: false }, run);
  try {
    return await repair(engine, { credential: id, certificate: null, keySize: 3072, lifetime: defaultLifetime, planOnly: false }, run);
  } catch (error) {
    if (binned !== null) putBack(engine, binned);
    throw error;
  }
}
