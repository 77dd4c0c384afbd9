import { makeStyles } from '@fluentui/react-components';
import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

const useStyles = makeStyles({
  unseen: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    margin: '-1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** The one polite live region of the window: results of what takes time are said here, once. `world`: practice or not; what was said in one is not left standing in the other. */
export function Announcer({ world, children }: { readonly world: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const [said, setSaid] = useState({ world, text: '', count: 0 });
  const pending = useRef<number | undefined>(undefined);
  // Several results in one breath would cut each other off: the last within a moment is the one that is said.
  const announce = useCallback(
    (text: string) => {
      globalThis.clearTimeout(pending.current);
      pending.current = globalThis.setTimeout(() => setSaid(({ count }) => ({ world, text, count: count + 1 })), 150);
    },
    [world],
  );
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" aria-live="polite" className={styles.unseen} data-announcer>
        {/* A new element each time, so that the same words twice are said twice. */}
        <span key={said.count}>{said.world === world ? said.text : ''}</span>
      </div>
    </AnnounceContext>
  );
}

/** @returns a function that has a sentence read out when the person's screen reader is next free */
export function useAnnounce(): (text: string) => void {
  return use(AnnounceContext);
}
