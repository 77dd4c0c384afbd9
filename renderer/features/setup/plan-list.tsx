import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { AddRegular, SubtractRegular } from '@fluentui/react-icons';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { groupPlan, type Group, type PlanLine } from './plan-groups.ts';

const useStyles = makeStyles({
  heading: { ...typographyStyles.body1Strong, margin: `${tokens.spacingVerticalS} 0 0` },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  icon: { fontSize: '20px', display: 'flex' },
  adds: { color: tokens.colorStatusSuccessForeground1 },
  removes: { color: tokens.colorStatusDangerForeground1 },
});

const names: Readonly<Record<Group, TextKey>> = {
  registration: 'setup.plan.group.registration',
  certificate: 'setup.plan.group.certificate',
  'sign-in': 'setup.plan.group.sign-in',
  permissions: 'setup.plan.group.permissions',
  other: 'setup.plan.group.other',
};

/** The changes by what they belong to; what would be taken away says so. */
export function PlanList({ plan }: { readonly plan: readonly PlanLine[] }) {
  const { t } = useTexts();
  const styles = useStyles();
  return groupPlan(plan).map(({ group, lines }) => (
    <section key={group} data-plan-group={group}>
      <h3 className={styles.heading}>{t(names[group])}</h3>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={`${line.change} ${line.reason}`} className={styles.line}>
            <span className={mergeClasses(styles.icon, line.removes ? styles.removes : styles.adds)}>
              {line.removes ? <SubtractRegular aria-label={t('setup.plan.removes')} /> : <AddRegular aria-label={t('setup.plan.adds')} />}
            </span>
            <span>{line.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  ));
}
