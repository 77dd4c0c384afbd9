import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { MarkdownText } from '../../app/markdown-text.tsx';
import { useTexts } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';

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
  const frame = useDialogStyles();
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface className={frame.wide} data-dialog="release-notes">
        <DialogBody className={frame.body}>
          <DialogTitle>{t('updates.notes.title', { version })}</DialogTitle>
          <DialogContent className={frame.content}>
            <div className={styles.notes} tabIndex={0} role="region" aria-label={t('updates.notes.title', { version })}>
              {notes.trim() === '' ? t('updates.notes.none') : <MarkdownText text={notes} top={3} />}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('app.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
