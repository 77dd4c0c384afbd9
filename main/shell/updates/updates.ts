import type { FaultView, UpdateState } from '../../../preload/contract.ts';
import { asFault, type Fault } from '../../faults.ts';
import type { Log } from '../../log/index.ts';
import type { UpdateObstacle } from './obstacle.ts';
import type { UpdateSource } from './update-source.ts';

/** Newer versions of this program: looked for, fetched and installed one after the other, each when it is wanted. */
export interface Updates {
  state(): UpdateState;
  /** Because somebody asked. */
  check(): Promise<UpdateState>;
  /** By itself: what fails is not told, it is tried again on another day. */
  look(): Promise<void>;
  /** Fetches what was found; anything else changes nothing. */
  download(): Promise<UpdateState>;
  /** Only what was fetched and checked, and passes the same check again. */
  install(): Promise<UpdateState>;
}

export interface UpdatesParts {
  readonly source: UpdateSource;
  readonly obstacle: UpdateObstacle | null;
  readonly now: () => Date;
  readonly log: () => Log;
  readonly view: (fault: Fault) => FaultView;
  readonly changed: (state: UpdateState) => void;
}

export function createUpdates({ source, obstacle, now, log, view, changed }: UpdatesParts): Updates {
  let state: UpdateState = obstacle === null ? { kind: 'idle', checkedAt: null } : { kind: 'off', reason: obstacle };
  const become = (next: UpdateState): UpdateState => {
    state = next;
    changed(next);
    return next;
  };
  const failed = (error: unknown): UpdateState => {
    const fault = asFault(error);
    log().warn('update.failed', { code: fault.code, correlationId: fault.correlationId, cause: fault.cause });
    return become({ kind: 'failed', fault: view(fault) });
  };

  async function find(): Promise<UpdateState> {
    const found = await source.find();
    log().info('update.looked', { version: found?.version ?? null });
    return become(found === null ? { kind: 'idle', checkedAt: now().toISOString() } : { kind: 'available', ...found });
  }

  /** Nothing is looked for in the middle of a download, nor behind what is ready. */
  const idle = () => state.kind === 'idle' || state.kind === 'available' || state.kind === 'failed';

  return {
    state: () => state,
    check: async () => {
      if (!idle()) return state;
      become({ kind: 'checking' });
      try {
        return await find();
      } catch (error) {
        return failed(error);
      }
    },
    look: async () => {
      if (state.kind !== 'idle') return;
      try {
        await find();
      } catch (error) {
        log().info('update.not-looked', { cause: error });
      }
    },
    download: async () => {
      if (state.kind !== 'available') return state;
      const { version, notes } = state;
      become({ kind: 'downloading', version, percent: 0 });
      try {
        await source.download((percent) => void become({ kind: 'downloading', version, percent }));
        return become({ kind: 'ready', version, notes });
      } catch (error) {
        return failed(error);
      }
    },
    install: async () => {
      if (state.kind !== 'ready') return state;
      try {
        await source.restartAndInstall();
        return state;
      } catch (error) {
        return failed(error);
      }
    },
  };
}
