import { standingReport } from '../../registration/run/standing-report.ts';
import { checkDeletion, isRegistrationDeleted, registrationExportPath, remove, restore } from '../../registration/index.ts';
import { Fault } from '../../faults.ts';
import type { Engine } from '../../registration/engine.ts';
import type { RequestContext } from './context.ts';
import type { Runs } from './runs.ts';

/**
 * Deletes a credential with its registration, after the sign-in has shown what goes.
 *
 * @param confirmName the credential's name as the person typed it
 * @returns the id of the run
 * @throws Fault input.credential.unknown, removal.*
 */
export function beginRemoval(runs: Runs, id: string, confirmName: string, context: RequestContext): string {
  const { engine, texts, directory } = context.services();
  checkDeletion(engine.store.find(id), confirmName);
  const exportTo = registrationExportPath(directory, engine.clock.now(), context.app.facts().practice ? texts.t('app.practice.mark') : '');
  return runs.begin(async (run) => {
    const removed = await remove(engine, { credential: id, purge: false, deleteRegistration: true, confirmName, exportTo }, run);
    return standingReport({ ...removed, proof: null }, texts);
  });
}

/**
 * Brings a deleted credential back, application and service principal included.
 *
 * @returns the id of the run
 * @throws Fault('input.credential.unknown')
 */
export function beginRestoration(runs: Runs, id: string, { services }: RequestContext): string {
  const { engine } = services();
  engine.store.find(id, { deleted: true });
  return runs.begin((run) => restore(engine, id, run));
}

/** Where nobody is signed in, only the list is restored. @throws Fault input.credential.unknown, restoration.sign-in-needed */
export function checkRestoration(engine: Engine, id: string): void {
  if (!isRegistrationDeleted(engine, id)) return;
  const { name } = engine.store.find(id, { deleted: true });
  throw new Fault('restoration.sign-in-needed', { params: { name } });
}
