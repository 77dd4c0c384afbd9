import { openServices, type PracticeConfig, type Services, type ServicesConfig } from '../services/index.ts';
import { Fault } from '../faults.ts';
import type { Language } from '../texts/index.ts';

export interface ServicesInUse {
  current(): Services;
  /** Whether the simulated tenants are open. */
  practice(): boolean;
  /** @throws Fault data.*, store.*, practice.* and then leaves everything as it was */
  enter(world: 'real' | 'practice'): Promise<void>;
  /**
   * Puts a backup in the place of the store of the world in use, which is closed for it and opened again.
   *
   * @throws Fault store.busy while something is done with a credential here, or another process has the store open;
   *   store.backup-*, data.*: then what was open is open again
   */
  restoreStore(name: string): Promise<void>;
  speak(language: Language): void;
  /** `atOnce`: the stores are closed when it returns, and the bin is emptied another time. Resolves when all is written. */
  close(how?: { readonly atOnce: boolean }): Promise<void>;
}

export interface ServicesInUseOptions {
  readonly config: Omit<ServicesConfig, 'practice' | 'language' | 'program'>;
  /** How practice is entered. */
  readonly practice: PracticeConfig;
  readonly begin: 'real' | 'practice';
  readonly language: Language;
  /** Told when practice was entered or left. */
  readonly onEnter: () => void;
}

/**
 * The real credentials and those of practice, each with services of its own; one of the two is in use, never both in one
 * list. What was opened stays open until the end: a set-up may still be running there.
 *
 * @throws Fault data.*, store.*, practice.*
 */
export async function openServicesInUse({
  config,
  practice,
  begin,
  language: first,
  onEnter,
}: ServicesInUseOptions): Promise<ServicesInUse> {
  const opened = new Map<'real' | 'practice', Services>();
  let world = begin;
  let language = first;

  const open = async (wanted: 'real' | 'practice'): Promise<Services> => {
    const services =
      opened.get(wanted) ??
      (await openServices({ ...config, program: 'window', language, practice: wanted === 'practice' ? practice : null }));
    opened.set(wanted, services);
    return services;
  };

  let current = await open(begin);
  return {
    current: () => current,
    practice: () => world === 'practice',
    enter: async (wanted) => {
      const services = await open(wanted);
      current = services.inLanguage(language);
      const left = world !== wanted;
      world = wanted;
      if (left) onEnter();
    },
    restoreStore: async (name) => {
      const { engine, directory, backups } = current;
      if (engine.store.ids().some((id) => engine.leases.holder(id) !== null))
        throw new Fault('store.busy', { params: { path: directory } });
      await opened.get(world)?.close();
      opened.delete(world);
      try {
        backups.restore(name);
      } finally {
        current = await open(world);
        onEnter();
      }
    },
    speak: (spoken) => {
      if (spoken === language) return;
      language = spoken;
      current = current.inLanguage(spoken);
    },
    close: async ({ atOnce } = { atOnce: false }) => {
      const all = [...opened.values()];
      if (!atOnce) for (const services of all) await services.emptyBin();
      opened.clear();
      await Promise.all(all.map((services) => services.close()));
    },
  };
}
