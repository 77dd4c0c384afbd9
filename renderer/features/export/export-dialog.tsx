import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { CredentialRow, Input as RequestInput } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';

type Request = RequestInput<'certificate:export'>;

export interface ExportDialogProps {
  readonly credential: Pick<CredentialRow, 'id' | 'name' | 'custody'>;
  readonly format?: Request['format'];
  readonly onClose: () => void;
}

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: tokens.spacingHorizontalM },
  path: { overflowWrap: 'anywhere', userSelect: 'text' },
});

const formats = ['cer', 'pem', 'pfx'] as const;
const encryptions = ['modern', 'compatible'] as const;

/** Writes the certificate to a file: the public part, or with the private key under a password typed here. */
export function ExportDialog({ credential, format: first = 'cer', onClose }: ExportDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { run, fault, busy, clear } = useCommand();
  const [format, setFormat] = useState<Request['format']>(first);
  const [encryption, setEncryption] = useState<Request['encryption']>('modern');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [left, setLeft] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const differs = format === 'pfx' && password !== again;

  const write = async (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (differs || busy) return;
    const written = await run('certificate:export', { id: credential.id, format, password: format === 'pfx' ? password : null, encryption });
    if (written === null) return;
    setPath(written.path);
    announce(t('export-dialog.written', { path: written.path }));
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface data-dialog="export">
        <form onSubmit={(event) => void write(event)}>
          <DialogBody>
            <DialogTitle>{t('export-dialog.title', { name: credential.name })}</DialogTitle>
            <DialogContent className={styles.content}>
              <FaultBar fault={fault} onDismiss={clear} />
              {path === null ? null : (
                <MessageBar intent="success" layout="multiline">
                  <MessageBarBody className={styles.path}>
                    <MessageBarTitle>{t('export-dialog.written', { path })}</MessageBarTitle>
                    {format === 'pfx' ? ` ${t('export-dialog.next')}` : null}
                  </MessageBarBody>
                </MessageBar>
              )}
              <Field label={t('export-dialog.format')}>
                <RadioGroup value={format} onChange={(_, { value }) => setFormat(formats.find((each) => each === value) ?? 'cer')}>
                  {formats.map((each) => (
                    <Radio key={each} value={each} label={t(`export-dialog.${each}`)} disabled={each === 'pfx' && credential.custody === 'external'} />
                  ))}
                </RadioGroup>
              </Field>
              {credential.custody === 'external' ? <span>{t('export-dialog.external')}</span> : null}
              {format === 'pfx' ? (
                <>
                  <div className={styles.two}>
                    <Field label={t('export-dialog.password')} required>
                      <Input type="password" autoComplete="new-password" value={password} onChange={(_, { value }) => setPassword(value)} />
                    </Field>
                    <Field label={t('export-dialog.again')} required {...(left && differs ? { validationMessage: t('export-dialog.differs') } : {})}>
                      <Input type="password" autoComplete="new-password" value={again} onChange={(_, { value }) => setAgain(value)} onBlur={() => setLeft(true)} />
                    </Field>
                  </div>
                  <Field label={t('export-dialog.encryption')}>
                    <RadioGroup value={encryption} onChange={(_, { value }) => setEncryption(encryptions.find((each) => each === value) ?? 'modern')}>
                      {encryptions.map((each) => (
                        <Radio key={each} value={each} label={t(`export-dialog.${each}`)} />
                      ))}
                    </RadioGroup>
                  </Field>
                </>
              ) : null}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t(path === null ? 'app.cancel' : 'app.close')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={busy}>
                {t('export-dialog.save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
