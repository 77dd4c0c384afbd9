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

/** A file of the folder that has come since the watch began, and cannot be the certificate. */
export interface RefusedDownload {
  readonly name: string;
  /** Why, by the name of the file alone. */
  readonly fault: Fault;
}

export interface Look {
  /** The newest first. */
  readonly found: readonly Download[];
  readonly refused: readonly RefusedDownload[];
}

/** Milliseconds. FAT keeps times to two seconds, and a share goes by the clock of its server. */
const tolerance = 2000;
/** Milliseconds. No clock is ahead by more; a file that says so has a time that means nothing. */
const oneDay = 24 * 60 * 60 * 1000;

/** Milliseconds. What is refused may be half written, and is told only when it has stayed as it is for so long. */
const settled = 1500;

/** What a browser is still writing is called `.crdownload`, `.part` or `.tmp`, and so is none of these. */
const endings = /\.(?:cer|crt|pem|der|p7b|p7c|pfx|p12)$/i;

/** Whether a file of this name may be a certificate, or be taken for one. */
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
    throw new Fault(isMissing(error) ? 'downloads.folder-missing' : 'downloads.folder-unreadable', {
      params: { folder, reason: error.code ?? error.message },
      cause: error,
    });
  });
  const files: DatedFile[] = [];
  for (const name of names.filter(isCertificateName)) {
    // Renamed or removed since it was listed: the next look sees what became of it.
    const status = await lstat(join(folder, name)).catch(() => null);
    if (status?.isFile() === true) files.push({ name, modified: status.mtimeMs });
  }
  return files;
}

/** The fault of what is no usable certificate, or not one yet. */
async function certificateIn(folder: string, name: string, now: Date): Promise<Certificate | Fault> {
  try {
    return await readCertificateFile(join(folder, name), now);
  } catch (error) {
    if (error instanceof Fault) return new Fault(error.code, { params: { ...error.params, path: name }, cause: error });
    throw error;
  }
}

/** Keeps since when each file has been refused as it is; a file that changed meanwhile is another one. */
function onlyLasting(): (refused: readonly (RefusedDownload & { readonly modified: number })[]) => RefusedDownload[] {
  let since: ReadonlyMap<string, number> = new Map();
  return (refused) => {
    const present = performance.now();
    const entries = refused.map((each) => ({ ...each, key: JSON.stringify([each.name, each.modified, each.fault.code]) }));
    since = new Map(entries.map(({ key }) => [key, since.get(key) ?? present]));
    return entries.filter(({ key }) => present - (since.get(key) ?? present) >= settled).map(({ name, fault }) => ({ name, fault }));
  };
}

/**
 * Looks into the folder for certificates that have come since then. A file that could not be read is read again by the next
 * look, which finds it whole when the browser has written its end; one that stays as it is is told as refused.
 *
 * @param started files that are older are none
 * @param now for the validation of a certificate's dates
 * @throws Fault downloads.folder-missing, downloads.folder-unreadable
 */
export function createLook(folder: string, started: Date, now: () => Date): () => Promise<Look> {
  const lasting = onlyLasting();
  let ahead: ReadonlySet<number> | null = null;
  return async () => {
    const files = await certificateFiles(folder);
    const present = Date.now();
    // Where the clock of a share is ahead, what lies there already can look newer than the watch.
    const stale = (ahead ??= new Set(files.filter(({ modified }) => modified > present + tolerance).map(({ modified }) => modified)));
    const fresh = files.filter(
      ({ modified }) => modified >= started.getTime() - tolerance && modified <= present + oneDay && !stale.has(modified),
    );
    const found: Download[] = [];
    const refused: (RefusedDownload & { readonly modified: number })[] = [];
    for (const { name, modified } of fresh.toSorted((a, b) => b.modified - a.modified)) {
      const validated = await certificateIn(folder, name, now());
      if (validated instanceof Fault) refused.push({ name, fault: validated, modified });
      else found.push({ name, certificate: validated, modifiedAt: new Date(modified) });
    }
    return { found, refused: lasting(refused) };
  };
}
