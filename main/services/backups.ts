import { systemClock } from '../clock.ts';
import { damagedRows, thisProcess } from '../credential/index.ts';
import { dataDirectory, listBackups, restoreBackup, type Backup, type CountDamaged, type RestoredStore } from '../vault/index.ts';
import type { ServicesConfig } from './config.ts';

export const directoryOf = ({
  env,
  platform,
  practice,
  dataDir,
}: Pick<ServicesConfig, 'env' | 'platform' | 'practice' | 'dataDir'>): string =>
  dataDirectory({ env, platform, practice: practice !== null, ...(dataDir === undefined ? {} : { override: dataDir }) });

export const countDamaged: CountDamaged = (connection) => damagedRows(connection).length;

/** The copies of a store, without opening it: it may be damaged, which is why they are asked for. */
export interface Backups {
  readonly directory: string;
  /** The newest first. */
  list(): Backup[];
  /** @throws Fault store.backup-unknown, store.backup-damaged, store.busy while the store is open anywhere, data.* */
  restore(name: string): RestoredStore;
}

/** @throws Fault data.* */
export function openBackups(config: Pick<ServicesConfig, 'program' | 'env' | 'platform' | 'practice' | 'dataDir' | 'clock'>): Backups {
  const directory = directoryOf(config);
  return {
    directory,
    list: () => listBackups(directory, countDamaged),
    restore: (name) => restoreBackup({ directory, name, clock: config.clock ?? systemClock, actor: thisProcess(config.program).user }),
  };
}
