import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import type { Logger, UpdateInfo } from 'electron-updater/out/types.js';
import { Fault } from '../../faults.ts';
import type { Log } from '../../log/index.ts';
import { publishersIn } from './publishers.ts';

export interface FoundUpdate {
  readonly version: string;
  /** Plain text; empty where the release has none. */
  readonly notes: string;
}

/** Where newer versions come from. */
export interface UpdateSource {
  /** @throws Fault update.failed */
  find(): Promise<FoundUpdate | null>;
  /** Fetches what was found and checks who signed it. @throws Fault update.failed, update.signature */
  download(onPercent: (percent: number) => void): Promise<void>;
  /**
   * Checks once more who signed what was fetched, because it has lain in a folder that every program of this user can write
   * to; then ends the program and starts the installer, which starts the program again.
   *
   * @throws Fault update.signature, update.failed
   */
  restartAndInstall(): Promise<void>;
}

export type VerifySignature = (publishers: string[], file: string) => Promise<string | null>;

export interface UpdaterParts {
  readonly updater: NsisUpdater;
  readonly verify: (logger: Logger) => VerifySignature;
  /** Who has to have signed. */
  readonly publishers: () => readonly string[];
}

const notesOf = ({ releaseNotes }: UpdateInfo): string =>
  Array.isArray(releaseNotes) ? releaseNotes.map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n') : (releaseNotes ?? '');

function updateFault(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const detail = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  const altered = code === 'ERR_UPDATER_INVALID_SIGNATURE' || code === 'ERR_CHECKSUM_MISMATCH';
  return new Fault(altered ? 'update.signature' : 'update.failed', { cause: error, params: { detail } });
}

/**
 * What the library checks, but never open: where PowerShell cannot be run it only warns, and takes the file for good.
 *
 * @see electron-updater, windowsExecutableCodeSignatureVerifier
 */
export function strictly(verify: (logger: Logger) => VerifySignature, logger: Logger): VerifySignature {
  return async (publishers, file) => {
    const skipped: string[] = [];
    const attentive: Logger = {
      ...logger,
      warn: (message: unknown) => {
        logger.warn(message);
        if (/ignoring signature|skipping this step/i.test(String(message))) skipped.push(String(message));
      },
    };
    return (await verify(attentive)(publishers, file)) ?? skipped[0] ?? null;
  };
}

const line = (message: unknown) => ({ message: String(message) });

function loggerOf(log: () => Log): Logger {
  return {
    info: (message) => log().info('update.told', line(message)),
    warn: (message) => log().warn('update.told', line(message)),
    error: (message) => log().warn('update.told', line(message)),
  };
}

/** The library's updater for NSIS installations, read when it is first needed. */
async function libraryParts(): Promise<UpdaterParts> {
  const [{ NsisUpdater: Updater }, { verifySignature }] = await Promise.all([
    import('electron-updater/out/NsisUpdater.js'),
    import('electron-updater/out/windowsExecutableCodeSignatureVerifier.js'),
  ]);
  return {
    updater: new Updater(),
    verify: (logger) => (publishers, file) => verifySignature(publishers, file, logger),
    publishers: () => publishersIn(readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8')),
  };
}

/**
 * The publisher's server, as the installer's app-update.yml names it. Nothing is fetched unasked, and nothing is installed
 * when the program ends.
 */
export function createUpdateSource(log: () => Log, parts: () => Promise<UpdaterParts> = libraryParts): UpdateSource {
  let made: Promise<UpdaterParts & { readonly check: VerifySignature }> | null = null;
  /** Path of what was fetched. */
  let fetched: string | null = null;
  const make = async () => {
    const { updater, verify, publishers } = await parts();
    const logger = loggerOf(log);
    const check = strictly(verify, logger);
    updater.logger = logger;
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.disableWebInstaller = true;
    updater.verifyUpdateCodeSignature = check;
    // Every failure is also a rejection; without a listener the event would be thrown.
    updater.on('error', () => undefined);
    return { updater, verify, publishers, check };
  };
  const open = () => (made ??= make());
  return {
    find: async () => {
      try {
        const { updater } = await open();
        const found = await updater.checkForUpdates();
        return found?.isUpdateAvailable === true ? { version: found.updateInfo.version, notes: notesOf(found.updateInfo) } : null;
      } catch (error) {
        throw updateFault(error);
      }
    },
    download: async (onPercent) => {
      const { updater } = await open();
      const progress = ({ percent }: { readonly percent: number }) => onPercent(Math.floor(percent));
      updater.on('download-progress', progress);
      try {
        [fetched = null] = await updater.downloadUpdate();
      } catch (error) {
        throw updateFault(error);
      } finally {
        updater.off('download-progress', progress);
      }
    },
    restartAndInstall: async () => {
      try {
        const { updater, publishers, check } = await open();
        const names = publishers();
        const refused =
          fetched === null || names.length === 0 ? 'nobody is named who has to have signed it' : await check([...names], fetched);
        if (refused !== null) throw Object.assign(new Error(refused), { code: 'ERR_UPDATER_INVALID_SIGNATURE' });
        // With the installer's own window: it asks for an administrator where one is needed.
        updater.quitAndInstall(false, true);
      } catch (error) {
        throw updateFault(error);
      }
    },
  };
}
