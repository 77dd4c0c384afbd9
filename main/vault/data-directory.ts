import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, posix, resolve, win32 } from 'node:path';
import { Fault } from '../faults.ts';
import { databaseFile } from './database-file.ts';
import { networkLocation, typedLocation } from './network-path.ts';
import { systemErrorCode } from './system-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface DataDirectoryRequest {
  /** `--data-dir`; relative paths are taken from the working directory. */
  readonly override?: string;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** The practice tenant keeps its data in the subfolder `practice`, never in one list with real credentials. */
  readonly practice?: boolean;
}

/** Name of the subfolder of practice data; the practice keychain opens nowhere else. */
export const practiceFolder = 'practice';

/**
 * The folder of store, log and practice data: checked to be local and writable, and created (0700) when it is missing.
 *
 * @throws Fault data.no-place, data.network-path, data.not-a-folder, data.not-writable, data.full
 */
export function dataDirectory(request: DataDirectoryRequest): string {
  const directory = placeOf(request);
  const network = networkLocation(directory, request.platform);
  if (network !== null) throw new Fault('data.network-path', { params: { path: directory, location: network } });
  makeWritable(directory);
  return directory;
}

function placeOf({ override, env, platform, practice }: DataDirectoryRequest): string {
  const root = override === undefined ? defaultDataDirectory(env, platform) : chosen(override);
  return practice === true ? join(root, practiceFolder) : root;
}

/** Whether a store is there; nothing is created or opened. @throws Fault data.no-place, data.network-path */
export const hasStore = (request: DataDirectoryRequest): boolean => existsSync(join(placeOf(request), databaseFile));

/**
 * Where data belongs when nothing else is said: Windows known folder LocalAppData (never the roaming profile), XDG Base
 * Directory Specification, macOS Application Support.
 *
 * @throws Fault data.no-place when the environment names no home
 */
export function defaultDataDirectory(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    const local =
      env['LOCALAPPDATA'] ?? (env['USERPROFILE'] === undefined ? undefined : win32.join(env['USERPROFILE'], 'AppData', 'Local'));
    if (local === undefined || local === '') throw new Fault('data.no-place');
    return win32.join(local, 'Tenant Keyring');
  }
  const home = env['HOME'] === undefined || env['HOME'] === '' ? homedir() : env['HOME'];
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Tenant Keyring');
  const share = env['XDG_DATA_HOME'];
  // "All paths set in these environment variables must be absolute. […] relative […] should […] ignore" (XDG).
  return posix.join(share !== undefined && posix.isAbsolute(share) ? share : posix.join(home, '.local', 'share'), 'tenant-keyring');
}

function chosen(override: string): string {
  if (override.trim() === '') throw new Fault('data.no-place');
  const location = typedLocation(override);
  if (location !== null) throw new Fault('data.network-path', { params: { path: override, location } });
  return isAbsolute(override) ? override : resolve(override);
}

/** The only proof that a folder can be written to is a file in it: access(2) says little on Windows and to root. */
function makeWritable(directory: string): void {
  try {
    createFolder(directory);
    const probe = join(directory, `.writable-${randomUUID()}`);
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
  } catch (cause) {
    const reason = systemErrorCode(cause);
    if (reason === 'ENOTDIR' || reason === 'EEXIST') throw new Fault('data.not-a-folder', { cause, params: { path: directory } });
    if (reason === 'ENOSPC' || reason === 'EDQUOT') throw new Fault('data.full', { cause, params: { path: directory } });
    throw new Fault('data.not-writable', { cause, params: { path: directory, reason } });
  }
}

/** Not mkdir's `recursive`: where a file system answers ENOENT to every creation, as /proc does, Node never returns from it. */
function createFolder(directory: string): void {
  if (isFolder(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) createFolder(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !isFolder(directory)) throw error; // another process was quicker
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // missing, or below a file
  }
}
