import { watch, type FSWatcher } from 'node:fs';
import { createLook, isCertificateName, type Download, type Look, type RefusedDownload } from './look.ts';

/** One that may be the certificate that was just downloaded. */
export interface FoundDownload extends Download {
  /** It is the only one. Of several nobody but the administrator knows which is meant. */
  readonly preselected: boolean;
}

export interface DownloadsWatch {
  readonly folder: string;
  /** By the clock of the system, which is the file system's. */
  readonly started: Date;
  /** For the validation of a certificate's dates. */
  readonly now: () => Date;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Gets all that are there now, and what was refused, the newest first, each time that changes; not called before there is one. */
  readonly onChange: (found: readonly FoundDownload[], refused: readonly RefusedDownload[]) => void;
}

/**
 * Milliseconds between two looks. Network folders and some file systems give no events, others leave some out, and the end
 * of the folder itself is not told by every system.
 */
const pause = 2000;

/** Null where the system gives no events for this folder: the pause alone has to do. */
function eventsOf(folder: string, changed: () => void): FSWatcher | null {
  try {
    // Of a large download that goes on beside us, every piece is an event.
    const watcher = watch(folder, (_event, name) => (name === null || isCertificateName(name) ? changed() : undefined));
    // Windows tells the end of the folder like this; the next look finds the words for it.
    watcher.on('error', changed);
    return watcher;
  } catch {
    return null;
  }
}

const sameAs = ({ found, refused }: Look) =>
  JSON.stringify([
    found.map(({ name, certificate, modifiedAt }) => [name, certificate.thumbprintSha256, modifiedAt]),
    refused.map(({ name, fault }) => [name, fault.code]),
  ]);

/**
 * Watches one folder, without its subfolders, for certificates that come into it. It proposes files; what becomes of them
 * is the administrator's decision.
 *
 * @returns when the signal is aborted; then nothing of the watch is left
 * @throws Fault downloads.folder-missing, downloads.folder-unreadable, which end the watch
 */
export async function watchDownloads({ folder, started, now, signal, onChange }: DownloadsWatch): Promise<void> {
  let wake: (() => void) | null = null;
  const changed = () => wake?.();
  const look = createLook(folder, started, now);
  const tell = ({ found, refused }: Look) => {
    if (!signal.aborted)
      onChange(
        found.map((each) => ({ ...each, preselected: found.length === 1 })),
        refused,
      );
  };
  signal.addEventListener('abort', changed);
  const watcher = eventsOf(folder, changed);
  try {
    for (let told = sameAs({ found: [], refused: [] }); !signal.aborted;) {
      // Before the look: what comes during it is looked at again.
      const woken = Promise.withResolvers<void>();
      wake = woken.resolve;
      const seen = await look();
      if (sameAs(seen) !== told) tell(seen);
      told = sameAs(seen);
      const timer = setTimeout(changed, pause);
      await woken.promise;
      clearTimeout(timer);
    }
  } finally {
    watcher?.close();
    signal.removeEventListener('abort', changed);
  }
}
