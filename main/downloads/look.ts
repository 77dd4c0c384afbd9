import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readCertificateFile, type Certificate } from '../certificates/index.ts';
import { Fault } from '../faults.ts';

/** A file of the folder that holds one certificate and has come since the watch began. */
export interface Download {
  readonly name: string;
  readonly certificate: Certificate;
  readonly modifiedAt: Date;
}

/** Milliseconds. FAT keeps times to two seconds, and a share goes by the clock of its server. */
const tolerance = 2000;
/** Milliseconds. No clock is ahead by more; a file that says so has a time that means nothing. */
const oneDay = 24 * 60 * 60 * 1000;

/** What a browser is still writing is called `.crdownload`, `.part` or `.tmp`, and so is none of these. */
const endings = /\.(?:cer|crt|pem|der)$/i;

/** Whether a file of this name may be a certificate. */
export const isCertificateName = (name: string): boolean => endings.test(name);

interface DatedFile {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

const isMissing = (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR';

/**
 * Files by these names directly in the folder. Links are left out: what they lead to is elsewhere.
 *
 * @throws Fault downloads.folder-missing, downloads.folder-unreadable
 */
async function certificateFiles(folder: string): Promise<DatedFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(isMissing(error) ? 'downloads.folder-missing' : 'downloads.folder-unreadable', { params: { folder, reason: error.code ?? error.message }, cause: error });
  });
  const files: DatedFile[] = [];
  for (const name of names.filter(isCertificateName)) {
    // Renamed or removed since it was listed: the next look sees what became of it.
    const status = await lstat(join(folder, name)).catch(() => null);
    if (status?.isFile() === true) files.push({ name, modified: status.mtimeMs });
  }
  return files;
}

/** Null for what is no usable certificate, or not one yet. */
async function certificateIn(path: string, now: Date): Promise<Certificate | null> {
  try {
    return await readCertificateFile(path, now);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/**
 * Looks into the folder for certificates that have come since then, the newest first. Nothing is remembered of a file that
 * could not be read: the next look reads it again, and finds it whole when the browser has written its end.
 *
 * @param started files that are older are none
 * @param now for the judgement of a certificate's dates
 * @throws Fault downloads.folder-missing, downloads.folder-unreadable
 */
export function createLook(folder: string, started: Date, now: () => Date): () => Promise<Download[]> {
  let ahead: ReadonlySet<number> | null = null;
  return async () => {
    const files = await certificateFiles(folder);
    const present = Date.now();
    // Where the clock of a share is ahead, what lies there already can look newer than the watch.
    const stale = (ahead ??= new Set(files.filter(({ modified }) => modified > present + tolerance).map(({ modified }) => modified)));
    const fresh = files.filter(({ modified }) => modified >= started.getTime() - tolerance && modified <= present + oneDay && !stale.has(modified));
    const found: Download[] = [];
    for (const { name, modified } of fresh.toSorted((a, b) => b.modified - a.modified)) {
      const certificate = await certificateIn(join(folder, name), now());
      if (certificate !== null) found.push({ name, certificate, modifiedAt: new Date(modified) });
    }
    return found;
  };
}
