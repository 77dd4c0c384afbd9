import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';

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

export const steps = ['sign-in', 'publish', 'handover', 'remove'] as const;
export type Step = (typeof steps)[number];

const names: Readonly<Record<Step, TextKey>> = {
  'sign-in': 'setup.step.sign-in',
  publish: 'rotation.step.publish',
  handover: 'rotation.step.handover',
  remove: 'rotation.step.remove',
};

/** Sign in › Publish › Hand over › Remove the old one. */
export function StepsBar({ current }: { readonly current: Step | 'done' }) {
  const { t } = useTexts();
  const styles = useStyles();
  const at = current === 'done' ? steps.length : steps.indexOf(current);
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
