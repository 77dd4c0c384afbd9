import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';
import type { ImportedCertificate } from './dialog-state.ts';
import { useDialogStyles } from './dialog-styles.ts';

const useStyles = makeStyles({ file: { overflowWrap: 'anywhere', userSelect: 'text' }, text: { margin: 0 } });

export interface PfxImportProps {
  readonly file: NonNullable<Output<'pfx:choose'>>;
  /** Id of the credential that is to get it; null for one that is still to be made. */
  readonly credential: string | null;
  readonly onImported: (made: ImportedCertificate) => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** What is wrong with the password alone. */
const aboutPassword: readonly string[] = ['import.password-wrong', 'certificate.password-not-ascii'];

/** A PFX made elsewhere: main has chosen the file and reads it; the password, first of what takes the focus, is typed here and kept nowhere. */
export function PfxImport({ file, credential, onImported, onOther, onClose }: PfxImportProps) {
  const { t } = useTexts();
  const frame = useDialogStyles();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const [password, setPassword] = useState('');
  const typed = useRef<HTMLInputElement>(null);
  const said = fault === null ? null : `${fault.message} ${fault.fix}`;
  const ofPassword = fault !== null && aboutPassword.includes(fault.code);

  async function read(): Promise<void> {
    const made = await run('pfx:read', { file: file.file, password, credential });
    if (made !== null) onImported(made);
    else typed.current?.select();
  }

  return (
    <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface className={frame.surface} data-pfx-import>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void read();
          }}
        >
          <DialogBody className={frame.body}>
            <DialogTitle>{t('dialog.pfx-import.title')}</DialogTitle>
            <DialogContent className={frame.content}>
              <p className={styles.text}>{t('dialog.pfx-import.what')}</p>
              <Field label={t('dialog.pfx-import.file')} {...(said === null || ofPassword ? {} : { validationMessage: said })}>
                {({ id }) => (
                  <output id={id} className={styles.file} aria-live="off" data-field="pfx-file">
                    {file.name}
                  </output>
                )}
              </Field>
              <Field label={t('dialog.pfx.password')} {...(said !== null && ofPassword ? { validationMessage: said } : {})}>
                <Input
                  type="password"
                  autoComplete="off"
                  input={{ ref: typed }}
                  data-field="pfx-password"
                  value={password}
                  onChange={(_, { value }) => setPassword(value)}
                />
              </Field>
            </DialogContent>
            <DialogActions fluid>
              <Button type="submit" appearance="primary" disabledFocusable={busy}>
                {t('dialog.pfx-import.read')}
              </Button>
              <Button
                onClick={() => {
                  clear();
                  onOther();
                }}
              >
                {t('dialog.import.other')}
              </Button>
              <Button onClick={onClose}>{t('app.cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
