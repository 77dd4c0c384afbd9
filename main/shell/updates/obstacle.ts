import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { win32 } from 'node:path';
import { publishersIn } from './publishers.ts';

/** Why this installation cannot bring itself up to date. */
export type UpdateObstacle = 'policy' | 'development' | 'elsewhere' | 'portable' | 'package' | 'unsigned';

export interface Installation {
  readonly platform: NodeJS.Platform;
  /** Built and installed, not run from the sources. */
  readonly packaged: boolean;
  /** Full path of the program. */
  readonly executable: string;
  /** Electron's `process.resourcesPath`, where the installer's update settings are. */
  readonly resources: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The policy DisableUpdates. */
  readonly forbidden: boolean;
}

/** Asked of the file system; tests answer themselves. */
export interface InstalledFiles {
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
  /** Whether this user may write in a folder. */
  readonly writable: (folder: string) => boolean;
}

/** The only proof on Windows that a folder can be written to is a file in it. */
function isWritable(folder: string): boolean {
  const probe = win32.join(folder, `.writable-${randomUUID()}`);
  try {
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

export const installedFiles: InstalledFiles = { exists: existsSync, read: (path) => readFileSync(path, 'utf8'), writable: isWritable };

/** electron-updater does not check the signature of a download where the build names no publisher. */
function namesPublisher(path: string, files: InstalledFiles): boolean {
  try {
    return publishersIn(files.read(path)).length > 0;
  } catch {
    return false;
  }
}

/**
 * An installation is only brought up to date where the NSIS installer made it, its uninstaller therefore stands beside the
 * program, and the build says who has to have signed the next one. MSI packages and portable programs are their
 * distributor's.
 *
 * @returns null where nothing is in the way
 */
export function updateObstacle(
  { platform, packaged, executable, resources, env, forbidden }: Installation,
  files: InstalledFiles,
): UpdateObstacle | null {
  if (forbidden) return 'policy';
  if (!packaged) return 'development';
  if (platform !== 'win32') return 'elsewhere';
  // Set by electron-builder's portable launcher.
  if (env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return 'portable';
  const { dir, name } = win32.parse(executable);
  if (!files.exists(win32.join(dir, `Uninstall ${name}.exe`))) return 'package';
  return namesPublisher(win32.join(resources, 'app-update.yml'), files) ? null : 'unsigned';
}

/** Installed for all users: an update needs an administrator, so looking for one is off unless somebody wants it. */
export function isPerMachine({ executable }: Pick<Installation, 'executable'>, files: InstalledFiles): boolean {
  return !files.writable(win32.dirname(executable));
}
