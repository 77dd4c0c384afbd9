import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  step: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  current: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
});

export interface StepsBarProps {
  /** What the way consists of, in its order. */
  readonly steps: readonly { readonly step: string; readonly name: string }[];
  /** Of them; `done` after the last. */
  readonly current: string;
}

/** How far a way of several parts has come: `1 Sign in › 2 Publish`. */
export function StepsBar({ steps, current }: StepsBarProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const at = current === 'done' ? steps.length : steps.findIndex(({ step }) => step === current);
  return (
    <ol className={styles.list} aria-label={t('setup.steps')}>
      {steps.map(({ step, name }, index) => (
        <li
          key={step}
          className={mergeClasses(styles.step, step === current && styles.current)}
          {...(step === current ? { 'aria-current': 'step' as const } : {})}
        >
          {index > 0 ? <ChevronRightRegular aria-hidden /> : null}
          {index < at ? <CheckmarkRegular aria-label={t('setup.step.done', { step: name })} /> : null}
          <span {...(index < at ? { 'aria-hidden': true } : {})}>{`${index + 1} ${name}`}</span>
        </li>
      ))}
    </ol>
  );
}
