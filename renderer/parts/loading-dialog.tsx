import { Button, Spinner } from '@fluentui/react-components';
import type { FaultView } from '../../preload/contract.ts';
import { FaultBar } from './fault-bar.tsx';
import { useTexts } from '../bridge/texts.tsx';
import { DialogShell } from './dialog-shell.tsx';

export interface LoadingDialogProps {
  readonly fault: FaultView | null;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Until the credential was read, and where it could not be. */
export function LoadingDialog({ fault, onRetry, onClose }: LoadingDialogProps) {
  const { t } = useTexts();
  return (
    <DialogShell
      marks={{ 'data-dialog': 'loading' }}
      title={t('dialog.title')}
      actions={<Button onClick={onClose}>{t('app.cancel')}</Button>}
      onClose={onClose}
    >
      {fault === null ? <Spinner label={t('app.loading')} /> : <FaultBar fault={fault} onRetry={onRetry} />}
    </DialogShell>
  );
}
