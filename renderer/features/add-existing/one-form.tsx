import { Button, Field, Input, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { afterPress } from '../../parts/press.ts';
import { shortThumbprint } from '../../parts/thumbprint.ts';
import type { Field as FieldName, One } from './use-one.ts';

const useStyles = makeStyles({
  certificate: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  box: { flex: '1 1 200px', minWidth: 0, fontFamily: tokens.fontFamilyMonospace },
  input: { width: '100%', minWidth: 0 },
});

interface TextFieldProps {
  readonly one: One;
  readonly name: Exclude<FieldName, 'certificate'>;
  readonly label: TextKey;
  readonly hint?: string;
  readonly required?: boolean;
}

function TextField({ one, name, label, hint, required = false }: TextFieldProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const { focus } = one;
  useEffect(() => {
    if (focus?.field === name) input.current?.focus();
  }, [focus, name]);
  const said = one.saidOf(name);
  return (
    <Field
      label={t(label)}
      orientation="horizontal"
      required={required}
      validationState={said === null ? 'none' : 'error'}
      {...(said === null ? {} : { validationMessage: said })}
      {...(hint === undefined ? {} : { hint })}
    >
      <Input
        input={{ ref: input }}
        className={styles.input}
        value={one.typed[name]}
        spellCheck={false}
        autoComplete="off"
        data-field={name}
        onChange={(_, { value }) => one.type({ [name]: value })}
        onBlur={() => afterPress(() => one.leave(name))}
      />
    </Field>
  );
}

/** One credential that exists already, typed from the portal’s overview page and with the server’s certificate. */
export function OneForm({ one }: { readonly one: One }) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const choose = useRef<HTMLButtonElement>(null);
  const { certificate } = one.typed;
  const said = one.saidOf('certificate');
  const shown =
    certificate === null
      ? t('dialog.certificate.none')
      : t('dialog.certificate.value', {
          thumbprint: shortThumbprint(certificate.facts.thumbprint),
          date: date(certificate.facts.notAfter),
        });
  return (
    <>
      <TextField one={one} name="name" label="field.name" required />
      <TextField one={one} name="tenant" label="field.tenant-id" required />
      <TextField one={one} name="clientId" label="field.client-id" hint={t('track-dialog.client-id.hint')} />
      <Field
        label={t('field.certificate')}
        orientation="horizontal"
        hint={t('track-dialog.certificate.hint')}
        validationState={said === null ? 'none' : 'error'}
        {...(said === null ? {} : { validationMessage: said })}
      >
        {(control) => (
          <div className={styles.certificate}>
            <Input {...control} readOnly className={styles.box} value={shown} data-field="certificate" />
            <Button ref={(button: HTMLButtonElement | null) => void (choose.current = button)} onClick={() => void one.choose()}>
              {t('track-dialog.certificate.choose')}
            </Button>
            {certificate === null ? null : (
              <Tooltip content={t('track-dialog.certificate.remove')} relationship="label">
                <Button
                  icon={<DismissRegular />}
                  appearance="subtle"
                  onClick={() => {
                    one.type({ certificate: null });
                    choose.current?.focus();
                  }}
                />
              </Tooltip>
            )}
          </div>
        )}
      </Field>
      <FaultBar fault={one.fault} onDismiss={one.dismiss} />
    </>
  );
}
