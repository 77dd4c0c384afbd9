import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Output } from '../../../preload/contract.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { ConfirmedDialog } from '../../parts/confirmed-dialog.tsx';
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
  const styles = useKeyStyles();
  const command = useCommand();
  const remove = async () => {
    const done = await command.run('keys:forget', { keys: keys.map(({ credentialId, thumbprint }) => ({ credentialId, thumbprint })) });
    if (done !== null) onClose(done);
  };
  return (
    <ConfirmedDialog
      name="forget-keys"
      title={t('keys.remove.title', { count: keys.length })}
      fault={command.fault}
      command={command}
      word={t('keys.remove.sure', { count: keys.length })}
      confirm={t('keys.remove.confirm')}
      onConfirm={remove}
      onCancel={() => onClose(null)}
    >
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
    </ConfirmedDialog>
  );
}
