import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';
import { ForgetKey } from '../handover/index.ts';
import { PfxFields, PfxWritten, useExport, withKey, type Format } from '../pfx/index.ts';

export interface ExportDialogProps {
  readonly credential: CredentialRow;
  readonly onClose: () => void;
}

const useStyles = makeStyles({ path: { overflowWrap: 'anywhere', userSelect: 'text' } });

const formats = ['cer', 'pem', 'pfx', 'pem-key'] as const satisfies readonly Format[];

/** Writes the certificate to a file: the public part, or with the private key under a password. */
export function ExportDialog({ credential, onClose }: ExportDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const frame = useDialogStyles();
  const announce = useAnnounce();
  const saving = useExport(credential.id);
  const { written, fault, busy, clear } = saving;
  const [format, setFormat] = useState<Format>('cer');

  const write = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const saved = await saving.save(format);
    // One with a key says so itself.
    if (saved !== null && !withKey(format)) announce(t('export-dialog.written', { path: saved.path }));
  };

  return (
    // A click beside it would lose a password that was made for the file.
    <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface className={frame.surface} data-dialog="export">
        <form noValidate onSubmit={(event) => void write(event)}>
          <DialogBody className={frame.body}>
            <DialogTitle>{t('export-dialog.title', { name: credential.name })}</DialogTitle>
            <DialogContent className={frame.content}>
              <FaultBar fault={fault} onDismiss={clear} />
              {written === null ? null : withKey(written.format) ? (
                <>
                  <PfxWritten written={written} certificate={credential.certificate} saving={saving} />
                  <ForgetKey row={credential} onForgotten={onClose} />
                </>
              ) : (
                <MessageBar intent="success" layout="multiline">
                  <MessageBarBody className={styles.path}>
                    <MessageBarTitle>{t('export-dialog.written', { path: written.path })}</MessageBarTitle>
                  </MessageBarBody>
                </MessageBar>
              )}
              <Field label={t('export-dialog.format')}>
                <RadioGroup value={format} onChange={(_, { value }) => setFormat(formats.find((each) => each === value) ?? 'cer')}>
                  {formats.map((each) => (
                    <Radio
                      key={each}
                      value={each}
                      label={t(`export-dialog.${each}`)}
                      disabled={withKey(each) && credential.custody === 'external'}
                    />
                  ))}
                </RadioGroup>
              </Field>
              {credential.custody === 'external' ? <span>{t('export-dialog.external')}</span> : null}
              {format === 'pfx' || format === 'pem-key' ? <PfxFields format={format} form={saving.form} change={saving.change} /> : null}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t(written === null ? 'app.cancel' : 'app.close')}</Button>
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
