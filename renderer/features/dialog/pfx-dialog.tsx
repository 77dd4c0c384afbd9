import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, MessageBar, MessageBarBody, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useAnnounce } from '../../app/announce.tsx';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, paddingBottom: tokens.spacingVerticalS } });

export interface PfxDialogProps {
  readonly id: string;
  /** With the command that imports the file on Windows. */
  readonly onSaved?: (importCommand: string | null) => void;
  readonly onClose: () => void;
}

/** Certificate and private key as a file for the server; the password is typed here and kept nowhere. */
export function PfxDialog({ id, onSaved, onClose }: PfxDialogProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [encryption, setEncryption] = useState<'modern' | 'compatible'>('modern');
  const [tried, setTried] = useState(false);
  const different = password !== repeated;

  async function save(): Promise<void> {
    setTried(true);
    if (different) return;
    const saved = await run('certificate:export', { id, format: 'pfx', password, encryption });
    if (saved === null) return;
    announce(t('dialog.certificate.saved', { path: saved.path }));
    onSaved?.(saved.importCommand);
    onClose();
  }

  return (
    <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface data-pfx>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('dialog.pfx.title')}</DialogTitle>
            <DialogContent className={styles.content}>
              <FaultBar fault={fault} onDismiss={clear} />
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t('dialog.pfx.warning')}</MessageBarBody>
              </MessageBar>
              <Field label={t('dialog.pfx.password')} required>
                <Input type="password" autoComplete="new-password" value={password} onChange={(_, { value }) => setPassword(value)} />
              </Field>
              <Field label={t('dialog.pfx.repeat')} required {...(tried && different ? { validationMessage: t('dialog.pfx.different') } : {})}>
                <Input type="password" autoComplete="new-password" value={repeated} onChange={(_, { value }) => setRepeated(value)} />
              </Field>
              <Field label={t('dialog.pfx.encryption')}>
                <RadioGroup value={encryption} onChange={(_, { value }) => setEncryption(value === 'compatible' ? 'compatible' : 'modern')}>
                  <Radio value="modern" label={t('dialog.pfx.modern')} />
                  <Radio value="compatible" label={t('dialog.pfx.compatible')} />
                </RadioGroup>
              </Field>
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabledFocusable={busy}>
                {t('dialog.pfx.save')}
              </Button>
              <Button onClick={onClose}>{t('app.cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
