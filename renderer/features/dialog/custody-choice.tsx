import { Field, makeStyles, mergeClasses, Radio, RadioGroup, tokens, typographyStyles } from '@fluentui/react-components';
import type { Server } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Custody } from './form.ts';

const useStyles = makeStyles({
  question: { marginTop: `calc(-1 * ${tokens.spacingVerticalXS})`, marginBottom: tokens.spacingVerticalS },
  group: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(230px, 100%), 1fr))',
    alignItems: 'stretch',
    gap: tokens.spacingHorizontalM,
  },
  answer: {
    boxSizing: 'border-box',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    // The frame of the chosen one is thicker, and moves nothing.
    padding: '1px',
  },
  chosen: { border: `${tokens.strokeWidthThick} solid ${tokens.colorCompoundBrandStroke}`, padding: 0 },
  label: { alignSelf: 'flex-start' },
  name: { ...typographyStyles.body1Strong, display: 'block', color: tokens.colorNeutralForeground1 },
  consequence: { ...typographyStyles.caption1, display: 'block', color: tokens.colorNeutralForeground2 },
});

const isCustody = (value: string): value is Custody => value === 'keyring' || value === 'external';

export interface CustodyChoiceProps {
  /** Null while nobody has answered: neither answer is preselected. */
  readonly custody: Custody | null;
  readonly server: Server;
  readonly onChoose: (custody: Custody) => void;
}

/** Who makes the certificate and keeps its key: two answers, neither of them second class, each with what follows from it. */
export function CustodyChoice({ custody, server, onChoose }: CustodyChoiceProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const answer = (value: Custody, name: string, consequence: string) => (
    <Radio
      value={value}
      className={mergeClasses(styles.answer, custody === value && styles.chosen)}
      label={{
        className: styles.label,
        children: (
          <>
            <span className={styles.name}>{name}</span>
            <span className={styles.consequence}>{consequence}</span>
          </>
        ),
      }}
    />
  );
  return (
    <Field label={t('dialog.custody')} className={styles.question}>
      <RadioGroup className={styles.group} value={custody ?? ''} onChange={(_, { value }) => isCustody(value) && onChoose(value)}>
        {answer('external', server.custody.server, server.custody.external)}
        {server.certificate === 'server' ? null : answer('keyring', t('app.name'), server.custody.keyring)}
      </RadioGroup>
    </Field>
  );
}
