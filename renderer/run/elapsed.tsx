import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({ time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' } });

/** Seconds since the component was first shown. */
function useElapsedSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = performance.now();
    const timer = globalThis.setInterval(() => setSeconds(Math.floor((performance.now() - begun) / 1000)), 1000);
    return () => globalThis.clearInterval(timer);
  }, []);
  return seconds;
}

/** How long it has been going on; a clock is looked at, not read out every second. */
export function Elapsed() {
  const { t } = useTexts();
  const styles = useStyles();
  const seconds = useElapsedSeconds();
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span className={styles.time} role="timer" aria-live="off">
      {t('setup.elapsed', { time })}
    </span>
  );
}
