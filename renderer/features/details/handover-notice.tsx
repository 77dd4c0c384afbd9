import { Button, Field, Input, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

/** The server is not known to use this certificate; the administrator confirms it here. */
export function HandoverNotice({ row }: { readonly row: CredentialRow }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t(row.custody === 'keyring' ? 'details.handover.heading' : 'state.set-up')}</MessageBarTitle>
          {` ${t(row.custody === 'keyring' ? 'details.handover.keyring' : 'details.handover.external')}`}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => setAsking(true)}>{t('details.handover.confirm')}</Button>
        </MessageBarActions>
      </MessageBar>
      {asking ? <HandoverDialog row={row} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function HandoverDialog({ row, onClose }: { readonly row: CredentialRow; readonly onClose: () => void }) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const { run, fault, clear, busy } = useCommand();
  const [thumbprint, setThumbprint] = useState('');
  const confirm = async () => {
    if (
      busy ||
      (await run('handover:confirm', { id: row.id, thumbprint: thumbprint.trim() || (row.certificate?.thumbprint ?? '') })) === null
    )
      return;
    announce(t('details.handover.done', { name: row.name }));
    onClose();
  };
  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={busy}>
        {t('details.handover.worked')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'handover' }}
      title={t('details.handover.title')}
      actions={buttons}
      onSubmit={() => void confirm()}
      onClose={onClose}
    >
      <FaultBar fault={fault} onDismiss={clear} />
      <span>{t('details.handover.body')}</span>
      <Field label={t('details.handover.thumbprint')} hint={t('details.handover.thumbprint.hint')}>
        <Input value={thumbprint} onChange={(_, { value }) => setThumbprint(value)} />
      </Field>
    </DialogShell>
  );
}
