import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useState } from 'react';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { ShownCertificate, type Shown } from './shown-certificate.tsx';

export interface CertificateDialogProps {
  readonly server: { readonly id: string; readonly name: string };
  /** True where the server answered with a certificate that is accepted by now. */
  readonly onClose: (accepted: boolean) => void;
}

/** The certificate that a server shows now, where it is not the one that was accepted. */
export function CertificateDialog({ server, onClose }: CertificateDialogProps) {
  const { t } = useTexts();
  const { run, fault, busy } = useCommand();
  const [shown, setShown] = useState<Shown | null>(null);
  const look = useEffectEvent(async () => {
    const answer = await run('server:test', { id: server.id });
    if (answer === null) return;
    if ('server' in answer) onClose(true);
    else setShown(answer.certificate);
  });
  useEffect(() => void look(), []);
  const accept = async () => {
    if (shown === null) return;
    const answer = await run('server:set', { id: server.id, pin: shown.sha256 });
    if (answer === null) return;
    if ('server' in answer) onClose(true);
    else setShown(answer.certificate);
  };
  const buttons = (
    <>
      {/* Never by Enter alone: it is to be compared first. */}
      <Button appearance="primary" disabledFocusable={busy || shown === null} onClick={() => void accept()}>
        {t('asked.certificate.accept')}
      </Button>
      <Button autoFocus onClick={() => onClose(false)}>
        {t('app.cancel')}
      </Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'server-certificate' }}
      title={t('asked.certificate.title', { name: server.name })}
      actions={buttons}
      alert
      dimmed
      onClose={() => onClose(false)}
    >
      <FaultBar fault={fault} />
      {shown === null ? busy ? <Spinner label={t('asked.connecting')} /> : null : <ShownCertificate certificate={shown} />}
    </DialogShell>
  );
}
