import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import { CertificateFactsList } from './certificate-facts.tsx';
import type { CertificateFacts } from './dialog-state.ts';

/** Details… of the drop-down. */
export function CertificateDetails({ facts, onClose }: { readonly facts: CertificateFacts; readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('dialog.details.title')}</DialogTitle>
          <DialogContent>
            <CertificateFactsList facts={facts} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('app.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
