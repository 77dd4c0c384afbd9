import { app } from 'electron';
import type { Emit } from '../router.ts';
import { faultView } from '../router.ts';
import type { ServicesInUse } from '../services-in-use.ts';
import type { SettingsFile } from '../settings-file.ts';
import { installedFiles, isPerMachine, updateObstacle } from './obstacle.ts';
import { createUpdateSource } from './update-source.ts';
import { createUpdates, type Updates } from './updates.ts';

export interface OpenUpdates extends Updates {
  /** Looks, unless the setting or the kind of installation says no. */
  lookIfWanted(): Promise<void>;
}

export interface OpenUpdatesOptions {
  /** The policy DisableUpdates. */
  readonly forbidden: boolean;
  readonly services: ServicesInUse;
  readonly settings: Pick<SettingsFile, 'read'>;
  readonly emit: Emit;
}

/** Updates of the program that runs here. */
export function openUpdates({ forbidden, services, settings, emit }: OpenUpdatesOptions): OpenUpdates {
  const { platform, execPath: executable, resourcesPath: resources, env } = process;
  const log = () => services.current().log;
  const updates = createUpdates({
    source: createUpdateSource(log),
    obstacle: updateObstacle({ platform, packaged: app.isPackaged, executable, resources, env, forbidden }, installedFiles),
    now: () => services.current().engine.clock.now(),
    log,
    view: (fault) => faultView(fault, services.current().texts),
    changed: (state) => emit('updates:changed', state),
  });
  return {
    ...updates,
    lookIfWanted: async () => {
      const { updates: wanted } = settings.read();
      if (updates.state().kind === 'off' || wanted === 'off') return;
      if (wanted === 'on' || !isPerMachine({ executable }, installedFiles)) await updates.look();
    },
  };
}
