import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  all: { alignSelf: 'stretch', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
});

/** Seconds that main waits for the browser (DESIGN, "Sign-in"). */
const patience = 300;

/** How long the browser is still waited for; a clock is looked at, not read out every second. */
export function TimeLeft() {
  const { t } = useTexts();
  const styles = useStyles();
  const [left, setLeft] = useState(patience);
  useEffect(() => {
    const begun = performance.now();
    const timer = globalThis.setInterval(() => setLeft(Math.max(0, patience - Math.floor((performance.now() - begun) / 1000))), 1000);
    return () => globalThis.clearInterval(timer);
  }, []);
  const time = t('setup.sign-in.left', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` });
  return (
    <div className={styles.all}>
      <ProgressBar value={left} max={patience} aria-label={t('setup.sign-in.title')} />
      <span className={styles.time} role="timer" aria-live="off">
        {time}
      </span>
    </div>
  );
}
