import { randomUUID } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

/** Whatever else the operating system says (EACCES, EPERM, EROFS, EBUSY, …): this place cannot be written. */
function fileFault(error: unknown, path: string): unknown {
  const reason = systemErrorCode(error);
  return reason === undefined
    ? error
    : new Fault(codes[reason] ?? 'file.not-writable', { params: { path, folder: dirname(path), reason }, cause: error });
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

/** `rename` replaces, `link` refuses to: the two ways without a moment in which the file is half there. */
async function put(temporary: string, path: string, force: boolean): Promise<void> {
  if (force) return rename(temporary, path);
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
 * @throws Fault file.exists, file.folder-missing, file.is-folder, file.not-writable, file.disk-full
 */
export async function writeNewFile(path: string, bytes: Uint8Array, { force, secret }: WriteOptions): Promise<void> {
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory()) throw new Fault('file.is-folder', { params: { path } });
  // A device such as /dev/null has to stay what it is.
  if (existing !== null && !existing.isFile()) throw new Fault('file.not-writable', { params: { path, reason: 'ENOTSUP' } });
  if (existing !== null && !force) throw new Fault('file.exists', { params: { path } });
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      if (secret !== undefined && !(await (secret.restrict ?? restrictAccess)(temporary))) await secret.onFolderRights(path);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await put(temporary, path, force);
  } catch (error) {
    throw fileFault(error, path);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}
