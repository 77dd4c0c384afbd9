import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useAnnounce } from '../parts/announce.tsx';
import { useTexts } from '../bridge/texts.tsx';
import type { Code } from './lines.ts';
import { ServerValue } from '../parts/server-value.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, width: '100%' },
  text: { margin: 0 },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  time: { fontVariantNumeric: 'tabular-nums' },
});

const secondsUntil = (moment: string) => Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 1000));

/** How long the code can still be used; a clock is looked at, not read out every second. */
function TimeLeft({ until }: { readonly until: string }) {
  const { t } = useTexts();
  const styles = useStyles();
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    const timer = globalThis.setInterval(() => setLeft(secondsUntil(until)), 1000);
    return () => globalThis.clearInterval(timer);
  }, [until]);
  return (
    <span className={styles.time} role="timer" aria-live="off" data-time-left>
      {t('setup.code.left', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` })}
    </span>
  );
}

/** What the person types on another device: where, which code, and for how long. */
export function CodeView({ code }: { readonly code: Code }) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { userCode, address, expiresAt } = code;
  // Letter by letter: as a word nobody could type it.
  useEffect(() => announce(t('setup.code.said', { address, code: userCode.split('').join(' ') })), [announce, t, address, userCode]);
  return (
    <div className={styles.view} data-code={userCode}>
      <p className={styles.text}>{t('setup.code.what')}</p>
      <ServerValue label={t('setup.code.address')} value={address} />
      <ServerValue label={t('setup.code.code')} value={userCode} />
      <TimeLeft key={expiresAt} until={expiresAt} />
      <p className={styles.muted}>{t('setup.code.warning')}</p>
    </div>
  );
}
