import { useEffect, useRef, useState } from 'react';
import type { EventValue, FaultView } from '../../../preload/contract.ts';
import { request, subscribe } from '../../bridge/bridge.ts';

export type FoundFile = EventValue<'downloads:found'>['files'][number];
export type RefusedFile = EventValue<'downloads:found'>['refused'][number];

/** The Downloads folder as it is watched. */
export interface Downloads {
  /** Null while it is not watched. */
  readonly folder: string | null;
  readonly files: readonly FoundFile[];
  /** What came and cannot be the certificate. */
  readonly refused: readonly RefusedFile[];
  readonly fault: FaultView | null;
  readonly watch: (on: boolean) => void;
}

const unwatched = { folder: null, files: [], refused: [], fault: null } as const;

/** Watches the Downloads folder when asked, and not longer than the page is open. */
export function useDownloads(): Downloads {
  const [state, setState] = useState<Omit<Downloads, 'watch'>>(unwatched);
  const watch = useRef<string | null>(null);
  useEffect(
    () =>
      subscribe('downloads:found', (found) => {
        if (found.watch !== watch.current) return;
        // A fault has ended the watch.
        if (found.fault !== null) watch.current = null;
        setState((was) => ({
          folder: found.fault === null ? was.folder : null,
          files: found.files,
          refused: found.refused,
          fault: found.fault,
        }));
      }),
    [],
  );
  const stop = () => {
    if (watch.current !== null) void request('downloads:stop', { watch: watch.current });
    watch.current = null;
  };
  useEffect(() => stop, []);
  const begin = async () => {
    const outcome = await request('downloads:watch', null);
    if (!outcome.ok) return setState({ ...unwatched, fault: outcome.fault });
    watch.current = outcome.value.watch;
    return setState({ ...unwatched, folder: outcome.value.folder });
  };
  return {
    ...state,
    watch: (on) => {
      stop();
      if (on) void begin();
      else setState(unwatched);
    },
  };
}
