import { Field, makeStyles, mergeClasses, Radio, RadioGroup, tokens, typographyStyles } from '@fluentui/react-components';
import type { Server } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import type { Custody } from './dialog-state.ts';

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  answer: {
    boxSizing: 'border-box',
    width: '100%',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  chosen: { border: `${tokens.strokeWidthThin} solid ${tokens.colorCompoundBrandStroke}`, backgroundColor: tokens.colorBrandBackground2 },
  hint: { ...typographyStyles.caption1, display: 'block', color: tokens.colorNeutralForeground2 },
});

const isCustody = (value: string): value is Custody => value === 'keyring' || value === 'external';

export interface CustodyChoiceProps {
  readonly custody: Custody;
  readonly server: Server;
  readonly onChoose: (custody: Custody) => void;
}

/** Who holds the private key: two answers, neither of them second class. */
export function CustodyChoice({ custody, server, onChoose }: CustodyChoiceProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const keyringHint = `${t('dialog.custody.keyring.hint')} ${server.certificateHint}`.trim();
  const answer = (value: Custody, name: string, hint: string) => (
    <Radio
      value={value}
      className={mergeClasses(styles.answer, custody === value && styles.chosen)}
      label={
        <>
          {name}
          <span className={styles.hint}>{hint}</span>
        </>
      }
    />
  );
  return (
    <Field label={t('dialog.custody')}>
      <RadioGroup className={styles.group} value={custody} onChange={(_, { value }) => isCustody(value) && onChoose(value)}>
        {server.certificate === 'server' ? null : answer('keyring', t('dialog.custody.keyring'), keyringHint)}
        {answer('external', t('dialog.custody.external', { server: server.name }), t('dialog.custody.external.hint'))}
      </RadioGroup>
    </Field>
  );
}
