import { Field, Input, makeStyles, Radio, RadioGroup, tokens, typographyStyles } from '@fluentui/react-components';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { differs, type Export } from './use-export.ts';

const useStyles = makeStyles({
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))', gap: tokens.spacingHorizontalM },
  hint: { ...typographyStyles.caption1, display: 'block', color: tokens.colorNeutralForeground2 },
});

const froms: readonly { readonly value: 'typed' | 'generated'; readonly name: TextKey; readonly hint?: TextKey }[] = [
  { value: 'typed', name: 'dialog.pfx.typed' },
  { value: 'generated', name: 'dialog.pfx.generated', hint: 'dialog.pfx.generated.hint' },
];
const encryptions: readonly { readonly value: 'modern' | 'compatible'; readonly name: TextKey; readonly hint: TextKey }[] = [
  { value: 'modern', name: 'dialog.pfx.modern', hint: 'dialog.pfx.modern.hint' },
  { value: 'compatible', name: 'dialog.pfx.compatible', hint: 'dialog.pfx.compatible.hint' },
];

/** How a PFX is protected: by which password, and for which Windows. */
export function PfxFields({ form, change }: Pick<Export, 'form' | 'change'>) {
  const { t } = useTexts();
  const styles = useStyles();
  const label = (name: TextKey, hint?: TextKey) => (
    <>
      {t(name)}
      {hint === undefined ? null : <span className={styles.hint}>{t(hint)}</span>}
    </>
  );
  return (
    <>
      <Field label={t('dialog.pfx.protection')}>
        <RadioGroup value={form.from} onChange={(_, { value }) => change({ from: value === 'generated' ? 'generated' : 'typed' })}>
          {froms.map(({ value, name, hint }) => (
            <Radio key={value} value={value} label={label(name, hint)} />
          ))}
        </RadioGroup>
      </Field>
      {form.from === 'typed' ? (
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
            {...(form.tried && differs(form) ? { validationMessage: t('dialog.pfx.different') } : {})}
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
    </>
  );
}
