import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';

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
  const frame = useDialogStyles();
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface className={frame.wide} data-dialog="release-notes">
        <DialogBody className={frame.body}>
          <DialogTitle>{t('updates.notes.title', { version })}</DialogTitle>
          <DialogContent className={frame.content}>
            <pre className={styles.notes} tabIndex={0} role="region" aria-label={t('updates.notes.title', { version })}>
              {notes.trim() === '' ? t('updates.notes.none') : notes.trim()}
            </pre>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('app.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
