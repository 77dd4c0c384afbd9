import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, tokens, typographyStyles } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { differs, fromOf, type Export, type Format, type PfxForm } from './use-export.ts';

const useStyles = makeStyles({
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))', gap: tokens.spacingHorizontalM },
  hint: { ...typographyStyles.caption1, display: 'block', color: tokens.colorNeutralForeground2 },
});

const froms: readonly { readonly value: PfxForm['from']; readonly name: TextKey; readonly hint?: TextKey }[] = [
  { value: 'typed', name: 'dialog.pfx.typed' },
  { value: 'generated', name: 'dialog.pfx.generated', hint: 'dialog.pfx.generated.hint' },
  { value: 'none', name: 'dialog.pfx.none', hint: 'dialog.pfx.none.hint' },
];
const encryptions: readonly { readonly value: 'modern' | 'compatible'; readonly name: TextKey; readonly hint: TextKey }[] = [
  { value: 'modern', name: 'dialog.pfx.modern', hint: 'dialog.pfx.modern.hint' },
  { value: 'compatible', name: 'dialog.pfx.compatible', hint: 'dialog.pfx.compatible.hint' },
];

export interface PfxFieldsProps extends Pick<Export, 'form' | 'change'> {
  readonly format: Extract<Format, 'pfx' | 'pem-key'>;
}

/** How a file with a private key is protected: by which password; a PFX for which Windows, PEM in one file or in two. */
export function PfxFields({ form, change, format }: PfxFieldsProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const from = fromOf(form, format);
  const label = (name: TextKey, hint?: TextKey) => (
    <>
      {t(name)}
      {hint === undefined ? null : <span className={styles.hint}>{t(hint)}</span>}
    </>
  );
  return (
    <>
      <Field label={t('dialog.pfx.protection')}>
        <RadioGroup
          value={from}
          onChange={(_, { value }) => change({ from: froms.find((each) => each.value === value)?.value ?? 'typed' })}
        >
          {froms
            .filter(({ value }) => value !== 'none' || format === 'pem-key')
            .map(({ value, name, hint }) => (
              <Radio key={value} value={value} label={label(name, hint)} />
            ))}
        </RadioGroup>
      </Field>
      {from === 'typed' ? (
        <div className={styles.two}>
          <Field label={t('dialog.pfx.password')} required>
            <Input
              type="password"
              autoComplete="new-password"
              data-field="pfx-password"
              value={form.password}
              onChange={(_, { value }) => change({ password: value })}
            />
          </Field>
          <Field
            label={t('dialog.pfx.repeat')}
            required
            {...(form.tried && differs(form, format) ? { validationMessage: t('dialog.pfx.different') } : {})}
          >
            <Input
              type="password"
              autoComplete="new-password"
              data-field="pfx-repeat"
              value={form.repeated}
              onChange={(_, { value }) => change({ repeated: value })}
            />
          </Field>
        </div>
      ) : null}
      {format === 'pem-key' ? (
        <Checkbox
          label={t('export-dialog.key-apart')}
          checked={form.apart}
          data-field="key-apart"
          onChange={(_, { checked }) => change({ apart: checked === true })}
        />
      ) : (
        <Field label={t('dialog.pfx.encryption')}>
          <RadioGroup
            value={form.encryption}
            onChange={(_, { value }) => change({ encryption: value === 'compatible' ? 'compatible' : 'modern' })}
          >
            {encryptions.map(({ value, name, hint }) => (
              <Radio key={value} value={value} label={label(name, hint)} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </>
  );
}
