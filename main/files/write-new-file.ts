import { randomUUID } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, type FaultCode } from '../faults.ts';

export interface WriteOptions {
  /** Replace an existing file. */
  readonly force: boolean;
}

/** Readable and writable by this user only; Windows has its own lists and ignores it. */
const mode = 0o600;

const codes: Readonly<Record<string, FaultCode>> = {
  EEXIST: 'file.exists',
  ENOENT: 'file.folder-missing',
  ENOTDIR: 'file.folder-missing',
  EISDIR: 'file.is-folder',
  EACCES: 'file.not-writable',
  EPERM: 'file.not-writable',
  EROFS: 'file.not-writable',
  ENOSPC: 'file.disk-full',
};

/** `code` of an error of the operating system; empty for any other. */
function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function fileFault(error: unknown, path: string): unknown {
  const code = codes[systemErrorCode(error)];
  return code === undefined ? error : new Fault(code, { params: { path, folder: dirname(path) }, cause: error });
}

/** `rename` replaces, `link` refuses to: the only two ways without a moment in which the file is half there. */
async function put(temporary: string, path: string, force: boolean): Promise<void> {
  if (force) {
    await rename(temporary, path);
    return;
  }
  try {
    await link(temporary, path);
  } catch (error) {
    // File systems without hard links (FAT, some shares): look first, then rename.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(systemErrorCode(error))) throw error;
    if (await stat(path).then(() => true, () => false)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    await rename(temporary, path);
  }
}

/**
 * Writes a file completely or not at all: a neighbour is written and flushed, then takes the name. Mode 0600; an
 * existing file is replaced only with `force`.
 *
 * @throws Fault file.exists, file.folder-missing, file.is-folder, file.not-writable, file.disk-full
 */
export async function writeNewFile(path: string, bytes: Uint8Array, { force }: WriteOptions): Promise<void> {
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory()) throw new Fault('file.is-folder', { params: { path } });
  if (existing !== null && !force) throw new Fault('file.exists', { params: { path } });
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
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
