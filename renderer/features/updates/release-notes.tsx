import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

const useStyles = makeStyles({
  notes: {
    margin: 0,
    maxHeight: '440px',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    userSelect: 'text',
    fontFamily: tokens.fontFamilyBase,
  },
});

/** What the publisher says of a version, as plain text whatever it holds. */
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
  const buttons = (
    <>
      <Button onClick={onClose}>{t('app.close')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'release-notes' }}
      title={t('updates.notes.title', { version })}
      actions={buttons}
      wide
      onClose={onClose}
    >
      <pre className={styles.notes} tabIndex={0} role="region" aria-label={t('updates.notes.title', { version })}>
        {notes.trim() === '' ? t('updates.notes.none') : notes.trim()}
      </pre>
    </DialogShell>
  );
}
