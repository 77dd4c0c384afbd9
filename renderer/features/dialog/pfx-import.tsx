import { Button, Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { ChosenFile } from './chosen-file.tsx';
import type { KeyName } from './dialog-state.ts';
import type { ImportedCertificate } from './form.ts';
import { shortThumbprint } from '../../parts/thumbprint.ts';

const useStyles = makeStyles({ text: { margin: 0 } });

export interface PfxImportProps {
  readonly file: NonNullable<Output<'pfx:choose'>>;
  /** Id of the credential that is to get it; null for one that is still to be made. */
  readonly credential: string | null;
  readonly onImported: (made: ImportedCertificate) => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** What is wrong with the password alone. */
const aboutPassword: readonly string[] = ['import.password-wrong'];

/** A PFX made elsewhere: main has chosen the file and reads it; the password, first of what takes the focus, is typed here and kept nowhere. */
export function PfxImport({ file, credential, onImported, onOther, onClose }: PfxImportProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const [password, setPassword] = useState('');
  /** What there is to choose from, and what is chosen: the thumbprint. */
  const [keys, setKeys] = useState<readonly KeyName[]>([]);
  const [chosen, setChosen] = useState('');
  const typed = useRef<HTMLInputElement>(null);
  const said = fault === null ? null : `${fault.message} ${fault.fix}`;
  const ofPassword = fault !== null && aboutPassword.includes(fault.code);

  async function read(): Promise<void> {
    const made = await run('pfx:read', { file: file.file, password, credential, key: chosen === '' ? null : chosen });
    if (made === null) typed.current?.select();
    else if ('keys' in made) {
      setKeys(made.keys);
      setChosen(made.keys[0]?.thumbprint ?? '');
    } else onImported(made);
  }

  /** What is under way here takes as long as the file says; left, it ends at once. */
  function close(): void {
    if (busy) void request('pfx:cancel', null);
    onClose();
  }

  const buttons = (
    <>
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
      <Button onClick={close}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-pfx-import': '' }}
      title={t('dialog.pfx-import.title')}
      actions={buttons}
      dimmed
      onSubmit={() => busy || void read()}
      onClose={close}
    >
      <p className={styles.text}>{t('dialog.pfx-import.what')}</p>
      <ChosenFile label={t('dialog.pfx-import.file')} name={file.name} field="pfx-file" said={ofPassword ? null : said} />
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
      {keys.length === 0 ? null : (
        <Field label={t('dialog.pfx-import.keys')}>
          <RadioGroup value={chosen} onChange={(_, { value }) => setChosen(value)} data-field="pfx-key">
            {keys.map(({ alias, subject, thumbprint }) => (
              <Radio
                key={thumbprint}
                value={thumbprint}
                label={`${alias === null ? '' : `${alias}: `}${subject} (${shortThumbprint(thumbprint)})`}
              />
            ))}
          </RadioGroup>
        </Field>
      )}
    </DialogShell>
  );
}
