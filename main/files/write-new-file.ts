import { randomUUID } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Fault, type FaultCode } from '../faults.ts';
import { restrictAccess } from './restrict-access.ts';

export interface WriteOptions {
  /** Replace an existing file. */
  readonly force: boolean;
  /** For a file with a private key. */
  readonly secret?: SecretFile;
}

/** What is done about a file that nobody else is to read, before anything is in it. */
export interface SecretFile {
  /** Told before anything is written where on Windows the rights of the folder apply, because the file cannot have its own. */
  readonly onFolderRights: (path: string) => void | Promise<void>;
  /** Default: the access list of Windows; elsewhere the mode is enough. */
  readonly restrict?: (path: string) => Promise<boolean>;
}

/** Readable and writable by this user only (the file may hold a private key); Windows has its own lists and ignores it. */
const mode = 0o600;

const codes: Readonly<Record<string, FaultCode>> = {
  EEXIST: 'file.exists',
  ENOENT: 'file.folder-missing',
  ENOTDIR: 'file.folder-missing',
  EISDIR: 'file.is-folder',
  ENOSPC: 'file.disk-full',
  EDQUOT: 'file.disk-full',
};

/** `code` of an error of the operating system; undefined for any other. */
function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** What Windows says of a file that is open in another program or read-only. */
const held = ['EPERM', 'EACCES', 'EBUSY'];

/** Whatever else the operating system says (EACCES, EPERM, EROFS, EBUSY, …): this place cannot be written. */
async function fileFault(cause: unknown, path: string, replacing: boolean): Promise<unknown> {
  const reason = systemErrorCode(cause);
  if (reason === undefined) return cause;
  const folder = dirname(path);
  const params = { path, folder, reason };
  if (replacing && held.includes(reason)) return new Fault('file.not-replaced', { params, cause });
  // A name that the system does not allow is ENOENT on Windows, as everything in Linux' /proc is.
  const refused = reason === 'ENOENT' && (await isFolder(folder));
  return new Fault((refused ? undefined : codes[reason]) ?? 'file.not-writable', { params, cause });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/**
 * File systems without hard links (FAT on a memory stick, some shares) say so in many ways, Windows even by EISDIR. There
 * the name is claimed by an empty file of ours first, so that nobody else's is ever replaced.
 */
async function claimAndReplace(temporary: string, path: string): Promise<void> {
  const claim = await open(path, 'wx', mode);
  await claim.close();
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Windows shows a program that only looks (indexing, a virus scanner) as one that has the file open: it is soon gone. */
async function replace(temporary: string, path: string): Promise<void> {
  for (const wait of [50, 100, 200, 400]) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      if (process.platform !== 'win32' || !held.includes(systemErrorCode(error) ?? '')) throw error;
      await setTimeout(wait);
    }
  }
  return rename(temporary, path);
}

/** `rename` replaces, `link` refuses to: the two ways without a moment in which the file is half there. */
async function put(temporary: string, path: string, force: boolean): Promise<void> {
  if (force) return replace(temporary, path);
  try {
    await link(temporary, path);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') throw error;
    await claimAndReplace(temporary, path);
  }
}

/**
 * Writes a file completely or not at all: a neighbour is written and flushed, then takes the name. Mode 0600; an
 * existing file is replaced only with `force`. One with a private key gets an access list of its own on Windows, while it
 * is empty.
 *
 * @throws Fault file.exists, file.folder-missing, file.is-folder, file.not-writable, file.not-replaced, file.disk-full
 */
export async function writeNewFile(path: string, bytes: Uint8Array, { force, secret }: WriteOptions): Promise<void> {
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory()) throw new Fault('file.is-folder', { params: { path } });
  // A device such as /dev/null has to stay what it is.
  if (existing !== null && !existing.isFile()) throw new Fault('file.not-writable', { params: { path, reason: 'ENOTSUP' } });
  if (existing !== null && !force) throw new Fault('file.exists', { params: { path } });
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  let replacing = false;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      if (secret !== undefined && !(await (secret.restrict ?? restrictAccess)(temporary))) await secret.onFolderRights(path);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    replacing = existing !== null;
    await put(temporary, path, force);
  } catch (error) {
    throw await fileFault(error, path, replacing);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}
