import { Button, makeStyles } from '@fluentui/react-components';
import { MarkdownText } from '../../parts/markdown-text.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

const useStyles = makeStyles({
  notes: {
    margin: 0,
    maxHeight: '440px',
    overflow: 'auto',
  },
});

/** What the publisher says of a version: its headings and lists; whatever else it holds is plain text. */
export function ReleaseNotes({
  version,
  notes,
  onClose,
}: {
  readonly version: string;
  readonly notes: string;
  readonly onClose: () => void;
}) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <DialogShell
      marks={{ 'data-dialog': 'release-notes' }}
      title={t('updates.notes.title', { version })}
      actions={<Button onClick={onClose}>{t('app.close')}</Button>}
      wide
      onClose={onClose}
    >
      <div className={styles.notes} tabIndex={0} role="region" aria-label={t('updates.notes.title', { version })}>
        {notes.trim() === '' ? t('updates.notes.none') : <MarkdownText text={notes} top={3} />}
      </div>
    </DialogShell>
  );
}
