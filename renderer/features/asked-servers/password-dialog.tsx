import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { ShownCertificate, type Shown } from './shown-certificate.tsx';

export interface PasswordDialogProps {
  readonly server: { readonly id: string; readonly name: string };
  /** True where the server took the password. */
  readonly onClose: (done: boolean) => void;
}

/** The password of a server, for as long as the program runs. */
export function PasswordDialog({ server, onClose }: PasswordDialogProps) {
  const { t } = useTexts();
  const { run, fault, busy } = useCommand();
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  const connect = async () => {
    const answer = await run('server:password', { id: server.id, password });
    if (answer === null) return;
    if ('server' in answer) onClose(true);
    else setShown(answer.certificate);
  };
  const accept = async () => {
    if (shown === null) return;
    const answer = await run('server:set', { id: server.id, password, pin: shown.sha256 });
    if (answer !== null && 'server' in answer) onClose(true);
  };
  const buttons = (
    <>
      <Button
        appearance="primary"
        disabledFocusable={busy || password === ''}
        {...(shown === null ? { type: 'submit' as const } : { onClick: () => void accept() })}
      >
        {t(shown === null ? 'asked.connect' : 'asked.certificate.accept')}
      </Button>
      <Button onClick={() => onClose(false)}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'server-password' }}
      title={t('asked.password.title', { name: server.name })}
      actions={buttons}
      dimmed
      onSubmit={() => !busy && shown === null && password !== '' && void connect()}
      onClose={() => onClose(false)}
    >
      <FaultBar fault={fault} />
      {shown === null ? (
        <Field label={t('asked.field.password')} hint={t('asked.password.session')}>
          <Input type="password" autoFocus value={password} autoComplete="off" onChange={(_, { value }) => setPassword(value)} />
        </Field>
      ) : (
        <ShownCertificate certificate={shown} />
      )}
    </DialogShell>
  );
}
