import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { steps, type Step } from './setup-state.ts';

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

const names: Readonly<Record<Step, TextKey>> = {
  'sign-in': 'setup.step.sign-in',
  plan: 'setup.step.plan',
  apply: 'setup.step.apply',
  proof: 'setup.step.proof',
  server: 'setup.step.server',
};

/** Sign in › Plan › Apply › Proof › Server. */
export function StepsBar({ current }: { readonly current: Step }) {
  const { t } = useTexts();
  const styles = useStyles();
  const at = steps.indexOf(current);
  return (
    <ol className={styles.list} aria-label={t('setup.steps')}>
      {steps.map((step, index) => {
        const name = t(names[step]);
        return (
          <li
            key={step}
            className={mergeClasses(styles.step, step === current && styles.current)}
            {...(step === current ? { 'aria-current': 'step' as const } : {})}
          >
            {index > 0 ? <ChevronRightRegular aria-hidden /> : null}
            {index < at ? <CheckmarkRegular aria-label={t('setup.step.done', { step: name })} /> : null}
            <span {...(index < at ? { 'aria-hidden': true } : {})}>{`${index + 1} ${name}`}</span>
          </li>
        );
      })}
    </ol>
  );
}
