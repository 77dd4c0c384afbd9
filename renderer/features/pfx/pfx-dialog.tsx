import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { PfxFields } from './pfx-fields.tsx';
import { PfxWritten } from './pfx-written.tsx';
import { useExport, type Written } from './use-export.ts';

export interface PfxDialogProps {
  /** A credential's, or that of a certificate that main keeps. */
  readonly id: string;
  readonly certificate: CredentialRow['certificate'];
  readonly onSaved?: (written: Written) => void;
  readonly onClose: () => void;
}

/** Certificate and private key as a file for the server; the password is typed here, or made by main, and kept nowhere. */
export function PfxDialog({ id, certificate, onSaved, onClose }: PfxDialogProps) {
  const { t } = useTexts();
  const saving = useExport(id);
  const { written, fault, busy, clear } = saving;

  async function save(): Promise<void> {
    const saved = await saving.save('pfx');
    if (saved !== null) onSaved?.(saved);
  }

  const buttons = (
    <>
      {written === null ? (
        <>
          <Button key="save" type="submit" appearance="primary" disabledFocusable={busy}>
            {t('dialog.pfx.save')}
          </Button>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
        </>
      ) : (
        // The button that had the focus is gone.
        <Button key="close" appearance="primary" autoFocus onClick={onClose}>
          {t('app.close')}
        </Button>
      )}
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-pfx': '' }}
      title={t('dialog.pfx.title')}
      actions={buttons}
      dimmed
      onSubmit={() => !busy && written === null && void save()}
      onClose={onClose}
    >
      <FaultBar fault={fault} onDismiss={clear} />
      {written === null ? (
        <>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('dialog.pfx.warning')}</MessageBarBody>
          </MessageBar>
          <PfxFields format="pfx" form={saving.form} change={saving.change} />
        </>
      ) : (
        <PfxWritten written={written} certificate={certificate} saving={saving} />
      )}
    </DialogShell>
  );
}
