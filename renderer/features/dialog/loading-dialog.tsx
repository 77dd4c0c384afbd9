import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Spinner } from '@fluentui/react-components';
import type { FaultView } from '../../../preload/contract.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts } from '../../app/texts.tsx';

export interface LoadingDialogProps {
  readonly fault: FaultView | null;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Until the credential was read, and where it could not be. */
export function LoadingDialog({ fault, onRetry, onClose }: LoadingDialogProps) {
  const { t } = useTexts();
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('dialog.title')}</DialogTitle>
          <DialogContent>
            {fault === null ? <Spinner label={t('app.loading')} /> : <FaultBar fault={fault} onRetry={onRetry} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('app.cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
