import { Button, Field, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
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
  const announce = useAnnounce();
  const saving = useExport(credential.id);
  const { written, fault, busy, clear } = saving;
  const [format, setFormat] = useState<Format>('cer');

  const write = async () => {
    if (busy) return;
    const saved = await saving.save(format);
    // One with a key says so itself.
    if (saved !== null && !withKey(format)) announce(t('export-dialog.written', { path: saved.path }));
  };

  const buttons =
    written === null ? (
      <>
        <Button key="save" type="submit" appearance="primary" disabledFocusable={busy}>
          {t('export-dialog.save')}
        </Button>
        <Button key="cancel" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </>
    ) : (
      <>
        <Button key="another" onClick={saving.again}>
          {t('export-dialog.another')}
        </Button>
        {/* The button that had the focus is gone. */}
        <Button key="close" appearance="primary" autoFocus onClick={onClose}>
          {t('app.close')}
        </Button>
      </>
    );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'export' }}
      title={t('export-dialog.title', { name: credential.name })}
      actions={buttons}
      onSubmit={() => written === null && void write()}
      onClose={onClose}
    >
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
      {written === null ? (
        <>
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
        </>
      ) : null}
    </DialogShell>
  );
}
