import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { Suspense, useState } from 'react';
import { later } from '../../bridge/later.ts';
import type { UpdateState } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';

const ReleaseNotes = later(async () => (await import('./release-notes.tsx')).ReleaseNotes);

const useStyles = makeStyles({
  progress: { marginTop: tokens.spacingVerticalXS, maxWidth: '360px' },
});

/** The sentence about a version that was found, fetched or is on its way. */
export function UpdateProgress({ state }: { readonly state: UpdateState }) {
  const { t } = useTexts();
  const styles = useStyles();
  if (state.kind === 'available') return <>{t('updates.available', { version: state.version })}</>;
  if (state.kind === 'ready') return <>{t('updates.ready', { version: state.version })}</>;
  if (state.kind !== 'downloading') return null;
  return (
    <>
      {t('updates.downloading', { version: state.version, percent: state.percent })}
      <ProgressBar className={styles.progress} value={state.percent} max={100} aria-label={t('updates.progress')} />
    </>
  );
}

/** What can be done about it: each step only when somebody wants it. */
export function UpdateActions({ state }: { readonly state: UpdateState }) {
  const { t } = useTexts();
  const [reading, setReading] = useState(false);
  if (state.kind !== 'available' && state.kind !== 'ready') return null;
  return (
    <>
      <Button onClick={() => setReading(true)}>{t('updates.notes')}</Button>
      {state.kind === 'available' ? (
        <Button onClick={() => void request('updates:download', null)}>{t('updates.download')}</Button>
      ) : (
        <Button appearance="primary" onClick={() => void request('updates:install', null)}>
          {t('updates.install')}
        </Button>
      )}
      {reading ? (
        <Suspense>
          <ReleaseNotes version={state.version} notes={state.notes} onClose={() => setReading(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
