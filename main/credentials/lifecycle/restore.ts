import type { Engine, Run } from '../../registration/operations/engine.ts';
import type { Report } from '../../registration/operations/report.ts';
import { repair } from '../../registration/operations/repair.ts';
import { verify } from '../../registration/operations/verify.ts';

/**
 * Brings a removed credential back into the list. Where its registration was deleted too, application *and* service
 * principal are restored in the tenant (restoring the one does not bring back the other), and all is verified.
 *
 * @throws Fault input.credential.unknown, input.name.taken, the faults of verify and repair
 */
export async function restore(engine: Engine, idOrName: string, run: Run): Promise<Report> {
  const { id } = engine.store.find(idOrName, { deleted: true });
  const record = engine.store.undelete(id);
  engine.log.info('credential.restored', { credential: id });
  const registrationDeleted = engine.trail.writesTo(id).at(-1)?.change === 'delete-application';
  if (!registrationDeleted) return verify(engine, id, { signIn: false }, run);
  return repair(engine, { credential: record.id, certificate: null, keySize: 3072, validMonths: 15, planOnly: false }, run);
}
