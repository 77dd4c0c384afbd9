import { Button } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { CertificateFactsList, type CertificateFacts } from '../../parts/certificate-facts.tsx';

/** Details… of the drop-down. */
export function CertificateDetails({ facts, onClose }: { readonly facts: CertificateFacts; readonly onClose: () => void }) {
  const { t } = useTexts();
  const close = (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  );
  return (
    <DialogShell marks={{ 'data-dialog': 'certificate' }} title={t('dialog.details.title')} actions={close} dimmed onClose={onClose}>
      <CertificateFactsList facts={facts} />
    </DialogShell>
  );
}
