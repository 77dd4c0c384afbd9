import { openServices, type PracticeConfig, type Services, type ServicesConfig } from '../services.ts';
import type { Language } from '../texts/index.ts';

export interface ServicesInUse {
  current(): Services;
  /** Whether the simulated tenants are open. */
  practice(): boolean;
  /** @throws Fault data.*, store.*, practice.* and then leaves everything as it was */
  enter(world: 'real' | 'practice'): Promise<void>;
  speak(language: Language): void;
  close(): Promise<void>;
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
    speak: (spoken) => {
      if (spoken === language) return;
      language = spoken;
      current = current.inLanguage(spoken);
    },
    close: async () => {
      for (const services of opened.values()) {
        await services.emptyBin();
        await services.close();
      }
      opened.clear();
    },
  };
}
