import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalXS} 0`, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
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
  const frame = useDialogStyles();
  const styles = useStyles();
  const announce = useAnnounce();
  const { run, fault, clear, busy } = useCommand();
  const [there, setThere] = useState(false);
  const [thumbprint, setThumbprint] = useState('');
  const lost: readonly TextKey[] = ['forget-key.proof', 'forget-key.rotation', 'forget-key.export', ...(row.rotation?.canRollBack === true ? (['forget-key.roll-back'] as const) : [])];
  const ofThumbprint = fault !== null && aboutThumbprint.includes(fault.code) ? `${fault.message} ${fault.fix}` : null;

  const forget = async (event: FormEvent) => {
    event.preventDefault();
    // React carries it on to the form that this dialog was opened from.
    event.stopPropagation();
    if (busy || !there) return;
    const forgotten = await run('handover:forget-key', { id: row.id, thumbprint: thumbprint.trim() || null });
    if (forgotten === null) return;
    announce(t('forget-key.forgotten', { name: row.name }));
    onClose(forgotten);
  };

  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && onClose(null)}>
      <DialogSurface className={frame.surface} backdrop={{ appearance: 'dimmed' }} data-dialog="forget-key">
        <form noValidate onSubmit={(event) => void forget(event)}>
          <DialogBody className={frame.body}>
            <DialogTitle>{t('forget-key.title', { name: row.name })}</DialogTitle>
            <DialogContent className={frame.content}>
              <FaultBar fault={ofThumbprint === null ? fault : null} onDismiss={clear} />
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
              <Field label={t('details.handover.thumbprint')} hint={t('details.handover.thumbprint.hint')} {...(ofThumbprint === null ? {} : { validationMessage: ofThumbprint })}>
                <Input value={thumbprint} data-field="thumbprint" onChange={(_, { value }) => setThumbprint(value)} />
              </Field>
              <Checkbox checked={there} onChange={(_, { checked }) => setThere(checked === true)} label={t('forget-key.there')} />
            </DialogContent>
            <DialogActions>
              <Button onClick={() => onClose(null)}>{t('app.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={busy || !there}>
                {t('forget-key.confirm')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
