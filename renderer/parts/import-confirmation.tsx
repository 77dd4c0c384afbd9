import { Button, makeStyles } from '@fluentui/react-components';
import { useTexts } from '../bridge/texts.tsx';
import { DialogShell } from './dialog-shell.tsx';
import { CertificateFactsList, type CertificateFacts } from './certificate-facts.tsx';

const useStyles = makeStyles({ text: { margin: 0 } });

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
  const buttons = (
    <>
      <Button appearance="primary" onClick={onConfirm}>
        {t('dialog.import.confirm')}
      </Button>
      <Button onClick={onOther}>{t('dialog.import.other')}</Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell marks={{ 'data-import-confirmation': '' }} title={t('dialog.import.title')} actions={buttons} dimmed onClose={onClose}>
      <p className={styles.text}>{t('dialog.import.compare')}</p>
      <CertificateFactsList facts={facts} />
    </DialogShell>
  );
}
