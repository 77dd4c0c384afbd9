import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { ChosenFile } from './chosen-file.tsx';
import type { PemFile } from './dialog-state.ts';
import type { ImportedCertificate } from './form.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
});

export interface PemImportProps {
  readonly file: PemFile;
  /** Id of the credential that is to get it; null for one that is still to be made. */
  readonly credential: string | null;
  readonly onImported: (made: ImportedCertificate) => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** Certificate and key in PEM: main has chosen the certificate's file, and says whether the key's or its password is missing. */
export function PemImport({ file: begun, credential, onImported, onOther, onClose }: PemImportProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy } = useCommand();
  const [file, setFile] = useState(begun);
  const [password, setPassword] = useState('');
  const typed = useRef<HTMLInputElement>(null);
  const wantsPassword = file.needs === 'password';
  const said = fault === null ? null : `${fault.message} ${fault.fix}`;

  async function chooseKey(): Promise<void> {
    const answer = await run('pem:choose-key', { file: file.file, credential });
    if (answer === null) return;
    if ('needs' in answer) setFile(answer);
    else onImported(answer);
  }

  async function read(): Promise<void> {
    const made = await run('pem:read', { file: file.file, password, credential });
    if (made === null) typed.current?.select();
    else onImported(made);
  }

  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={busy}>
        {t(wantsPassword ? 'dialog.pfx-import.read' : 'dialog.pem-import.choose')}
      </Button>
      <Button onClick={onOther}>{t('dialog.import.other')}</Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-pem-import': '' }}
      title={t('dialog.pem-import.title')}
      actions={buttons}
      dimmed
      onSubmit={() => busy || void (wantsPassword ? read() : chooseKey())}
      onClose={onClose}
    >
      <p className={styles.text}>{t(wantsPassword ? 'dialog.pem-import.needs-password' : 'dialog.pem-import.needs-key')}</p>
      <ChosenFile label={t('field.certificate')} name={file.name} field="pem-file" said={wantsPassword ? null : said} />
      {file.key === null ? null : <ChosenFile label={t('dialog.pem-import.key')} name={file.key} field="pem-key" />}
      {wantsPassword ? (
        <Field key="password" label={t('dialog.pfx.password')} {...(said === null ? {} : { validationMessage: said })}>
          <Input
            type="password"
            autoFocus
            autoComplete="off"
            input={{ ref: typed }}
            data-field="pem-password"
            value={password}
            onChange={(_, { value }) => setPassword(value)}
          />
        </Field>
      ) : null}
    </DialogShell>
  );
}
