import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { request } from '../bridge/bridge.ts';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  report: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '640px',
    margin: 'auto',
    padding: tokens.spacingHorizontalXXL,
  },
  heading: { ...typographyStyles.subtitle1, margin: 0, outline: 'none' },
  id: { fontFamily: tokens.fontFamilyMonospace, userSelect: 'text' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Something unexpected happened in the window; the work of the main process goes on. */
export function CrashReport({ correlationId, detail }: { readonly correlationId: string; readonly detail: string }) {
  const { t } = useTexts();
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className={styles.report}>
      <h1 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('app.crash.title')}
      </h1>
      <div>{t('app.crash.body')}</div>
      <div>
        {t('app.reference')} <span className={styles.id}>{correlationId}</span>
      </div>
      <div className={styles.actions}>
        <Button appearance="primary" onClick={() => globalThis.location.reload()}>
          {t('app.crash.reload')}
        </Button>
        <Button onClick={() => void request('clipboard:copy', { text: `${correlationId}\n${detail}`.slice(0, 20_000) })}>
          {t('app.crash.copy')}
        </Button>
      </div>
    </main>
  );
}
