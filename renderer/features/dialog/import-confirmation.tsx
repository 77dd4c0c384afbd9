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
import { CertificateFactsList } from './certificate-facts.tsx';
import type { CertificateFacts } from './dialog-state.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, paddingBottom: tokens.spacingVerticalS },
  text: { margin: 0 },
});

export interface ImportConfirmationProps {
  readonly facts: CertificateFacts;
  readonly onConfirm: () => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** G11 the other way round: before the server's certificate is published, its thumbprint is compared by eye. */
export function ImportConfirmation({ facts, onConfirm, onOther, onClose }: ImportConfirmationProps) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface data-import-confirmation>
        <DialogBody>
          <DialogTitle>{t('dialog.import.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>{t('dialog.import.compare')}</p>
            <CertificateFactsList facts={facts} />
          </DialogContent>
          <DialogActions fluid>
            <Button appearance="primary" onClick={onConfirm}>
              {t('dialog.import.confirm')}
            </Button>
            <Button onClick={onOther}>{t('dialog.import.other')}</Button>
            <Button onClick={onClose}>{t('app.cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
