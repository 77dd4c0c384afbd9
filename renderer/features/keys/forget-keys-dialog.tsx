import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';
import { nameOf, type UnneededKey } from './comparison.ts';
import { useKeyStyles } from './key-styles.ts';

export interface ForgetKeysDialogProps {
  readonly keys: readonly UnneededKey[];
  /** With what was done; null when nothing was. */
  readonly onClose: (done: Output<'keys:forget'> | null) => void;
}

/** Removes keys for good, after the administrator's word that no other list needs them: that cannot be seen from here. */
export function ForgetKeysDialog({ keys, onClose }: ForgetKeysDialogProps) {
  const { t } = useTexts();
  const frame = useDialogStyles();
  const styles = useKeyStyles();
  const { run, fault, clear, busy } = useCommand();
  const [sure, setSure] = useState(false);
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !sure) return;
    const done = await run('keys:forget', { keys: keys.map(({ credentialId, thumbprint }) => ({ credentialId, thumbprint })) });
    if (done !== null) onClose(done);
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && onClose(null)}>
      <DialogSurface className={frame.surface} data-dialog="forget-keys">
        <form noValidate onSubmit={(event) => void remove(event)}>
          <DialogBody className={frame.body}>
            <DialogTitle>{t('keys.remove.title', { count: keys.length })}</DialogTitle>
            <DialogContent className={frame.content}>
              <FaultBar fault={fault} onDismiss={clear} />
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  <MessageBarTitle>{t('keys.remove.warning')}</MessageBarTitle>
                  {t('keys.remove.elsewhere')}
                </MessageBarBody>
              </MessageBar>
              <ul className={styles.list}>
                {keys.map((key) => (
                  <li key={nameOf(key)} className={styles.thumbprint}>
                    {key.thumbprint}
                  </li>
                ))}
              </ul>
              <Checkbox checked={sure} onChange={(_, { checked }) => setSure(checked === true)} label={t('keys.remove.sure', { count: keys.length })} />
            </DialogContent>
            <DialogActions>
              <Button onClick={() => onClose(null)}>{t('app.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={busy || !sure}>
                {t('keys.remove.confirm')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
