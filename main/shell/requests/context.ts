import type { AppFacts, Settings, SettingsChange } from '../../../preload/contract.ts';
import type { ManagedPolicies } from '../../policies/index.ts';
import type { Services } from '../../services/index.ts';
import type { SchedulerContext } from '../../watch/index.ts';
import type { Desktop } from '../desktop-interface.ts';
import type { KnownTexts } from '../known-texts.ts';
import type { Emit } from '../router.ts';
import type { Updates } from '../updates/index.ts';

/** What the handlers work with. Services are asked for each time: practice and language exchange them. */
export interface RequestContext {
  readonly services: () => Services;
  readonly desktop: Desktop;
  readonly emit: Emit;
  /** What was said to the window. */
  readonly known: Pick<KnownTexts, 'knows'>;
  /** Told each time that what is open here is left: the window is closed, or practice is entered or left. */
  readonly onLeave: (listener: () => void) => void;
  /** What this computer's administrators prescribe. */
  readonly managed: ManagedPolicies;
  readonly updates: Updates;
  /** Where this program runs, and what a scheduled task of it would start. */
  readonly computer: SchedulerContext & {
    /** What starts the command line: path of the program, and what stands before a verb. */
    readonly self: readonly [string, ...string[]];
    /** Full path, where the data are not at their usual place. */
    readonly dataDir: string | null;
  };
  readonly settings: { read(): Settings; write(change: SettingsChange): Promise<void> };
  readonly app: {
    facts(): Pick<AppFacts, 'version' | 'practice' | 'dark'>;
    /** Opens the simulated tenants instead of the real clouds, with data of their own. */
    practise(): Promise<void>;
    /** Opens the real clouds again. */
    leavePractice(): Promise<void>;
    /** Puts a backup in the place of the list that is open. @throws Fault store.*, and then goes on with what was open */
    restoreStore(name: string): Promise<void>;
  };
}

/** A file name that never lets practice pass for the real thing. */
export function markedName({ app, services }: RequestContext, name: string): string {
  return app.facts().practice ? `${services().texts.t('app.practice.mark')} ${name}` : name;
}
