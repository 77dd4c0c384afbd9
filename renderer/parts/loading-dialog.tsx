import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { FaultView } from '../../preload/contract.ts';
import { FaultBar } from './fault-bar.tsx';
import { useTexts } from '../bridge/texts.tsx';
import { DialogShell } from './dialog-shell.tsx';

export interface LoadingDialogProps {
  readonly fault: FaultView | null;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Milliseconds that nobody notices: a dialog that came for less would only flash. */
const unnoticed = 300;

/** Until the credential was read, where that takes a while, and where it could not be. */
export function LoadingDialog({ fault, onRetry, onClose }: LoadingDialogProps) {
  const { t } = useTexts();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSlow(true), unnoticed);
    return () => globalThis.clearTimeout(timer);
  }, []);
  if (!slow && fault === null) return null;
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
