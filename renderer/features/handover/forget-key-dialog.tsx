import { Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { ConfirmedDialog } from '../../parts/confirmed-dialog.tsx';

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalXS} 0`,
    paddingLeft: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  text: { margin: 0 },
});

export interface ForgetKeyDialogProps {
  readonly row: CredentialRow;
  /** With the credential as it is now; null when nothing was done. */
  readonly onClose: (forgotten: CredentialRow | null) => void;
}

/** Faults about the thumbprint that was typed. */
const aboutThumbprint: readonly string[] = ['handover.other-thumbprint', 'certificate.thumbprint-invalid'];

/** The administrator's word that the server has the key, after which it is deleted here; with what is impossible then. */
export function ForgetKeyDialog({ row, onClose }: ForgetKeyDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const command = useCommand();
  const { run, fault } = command;
  const [thumbprint, setThumbprint] = useState('');
  const lost: readonly TextKey[] = [
    'forget-key.proof',
    'forget-key.rotation',
    'forget-key.export',
    ...(row.rotation?.canRollBack === true ? (['forget-key.roll-back'] as const) : []),
  ];
  const ofThumbprint = fault !== null && aboutThumbprint.includes(fault.code) ? `${fault.message} ${fault.fix}` : null;

  const forget = async () => {
    const forgotten = await run('handover:forget-key', {
      id: row.id,
      thumbprint: thumbprint.trim() || (row.certificate?.thumbprint ?? ''),
    });
    if (forgotten === null) return;
    announce(t('forget-key.forgotten', { name: row.name }));
    onClose(forgotten);
  };

  return (
    <ConfirmedDialog
      name="forget-key"
      title={t('forget-key.title', { name: row.name })}
      fault={ofThumbprint === null ? fault : null}
      command={command}
      word={t('forget-key.there')}
      confirm={t('forget-key.confirm')}
      onConfirm={forget}
      onCancel={() => onClose(null)}
    >
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {t('forget-key.warning')}
          <ul className={styles.list}>
            {lost.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
          {t('forget-key.keep')}
        </MessageBarBody>
      </MessageBar>
      <p className={styles.text}>{t('forget-key.tenant')}</p>
      <Field
        label={t('details.handover.thumbprint')}
        hint={t('details.handover.thumbprint.hint')}
        {...(ofThumbprint === null ? {} : { validationMessage: ofThumbprint })}
      >
        <Input value={thumbprint} data-field="thumbprint" onChange={(_, { value }) => setThumbprint(value)} />
      </Field>
    </ConfirmedDialog>
  );
}
