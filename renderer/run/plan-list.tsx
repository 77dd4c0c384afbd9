import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  AddRegular,
  ArrowSyncRegular,
  CheckmarkRegular,
  CircleRegular,
  DismissCircleRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import { useTexts } from '../bridge/texts.tsx';
import type { TextKey } from '../bridge/catalogue.ts';
import { groupPlan, reachedLines, reachedOf, type Group, type PlanItem, type PlanLine, type Reached } from './plan-groups.ts';
import type { Line } from './lines.ts';

const narrow = '@media (max-width: 560px)';

const useStyles = makeStyles({
  group: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, 180px) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  heading: {
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    overflowWrap: 'anywhere',
    hyphens: 'auto',
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  icon: { fontSize: '16px', display: 'flex', alignItems: 'center', height: tokens.lineHeightBase300 },
  removes: { color: tokens.colorStatusDangerForeground3 },
  open: { color: tokens.colorNeutralForeground2 },
  note: { color: tokens.colorNeutralForeground2 },
});

const names: Readonly<Record<Group, TextKey>> = {
  registration: 'setup.plan.group.registration',
  certificate: 'setup.plan.group.certificate',
  'sign-in': 'setup.plan.group.sign-in',
  permissions: 'setup.plan.group.permissions',
  other: 'setup.plan.group.other',
  removes: 'setup.plan.group.removes',
};

/** What stands before a line; written is not proven, so no tick is green. */
const marks: Readonly<Record<Reached, { readonly Icon: typeof AddRegular; readonly word: TextKey }>> = {
  open: { Icon: CircleRegular, word: 'rotation.open' },
  doing: { Icon: ArrowSyncRegular, word: 'setup.outcome.doing' },
  done: { Icon: CheckmarkRegular, word: 'setup.outcome.done' },
  refused: { Icon: DismissCircleRegular, word: 'setup.outcome.refused' },
};

function Mark({ item, reached }: { readonly item: PlanItem; readonly reached: Reached | null }) {
  const { t } = useTexts();
  const styles = useStyles();
  if (reached === null) {
    const Icon = item.removes ? SubtractRegular : AddRegular;
    return (
      <span className={mergeClasses(styles.icon, item.removes && styles.removes)}>
        <Icon aria-label={t(item.removes ? 'setup.plan.removes' : 'setup.plan.adds')} />
      </span>
    );
  }
  const { Icon, word } = marks[reached];
  return (
    <span className={mergeClasses(styles.icon, reached === 'refused' && styles.removes, reached === 'open' && styles.open)}>
      <Icon aria-label={t(word)} />
    </span>
  );
}

export interface PlanListProps {
  readonly plan: readonly PlanLine[];
  /** What has happened, while it is applied; null before. */
  readonly lines?: readonly Line[] | null;
  /** What is said in the chapter Certificate where none is published yet. */
  readonly certificateFollows?: string | null;
}

/** The changes by what they belong to, each thing once; what would be taken away stands apart. */
export function PlanList({ plan, lines = null, certificateFollows = null }: PlanListProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const done = reachedLines(plan, lines ?? []);
  const next = plan.find((line) => !done.has(line));
  const shown = groupPlan(plan);
  const follows: PlanItem | null = certificateFollows === null ? null : { text: certificateFollows, note: '', removes: false, lines: [] };
  const before = shown.filter(({ group }) => group === 'registration');
  const all =
    follows === null || shown.some(({ group }) => group === 'certificate')
      ? shown
      : [...before, { group: 'certificate' as const, items: [follows] }, ...shown.filter((each) => !before.includes(each))];
  return (
    <div>
      {all.map(({ group, items }) => (
        <section key={group} data-plan-group={group} className={styles.group}>
          <h3 className={styles.heading}>{t(names[group])}</h3>
          <ul className={styles.list}>
            {items.map((item) => {
              const reached = lines === null || item === follows ? null : reachedOf(item, done, next);
              const attempts = Math.max(0, ...item.lines.map((line) => done.get(line)?.attempts ?? 0));
              return (
                <li key={`${item.text} ${item.note}`} className={styles.line} {...(reached === null ? {} : { 'data-outcome': reached })}>
                  <Mark item={item} reached={reached} />
                  <span>
                    {item.text}
                    {lines === null && item.note !== '' ? <span className={styles.note}> {item.note}</span> : null}
                    {attempts > 1 ? <span className={styles.note}> {t('setup.apply.attempt', { attempt: attempts })}</span> : null}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
