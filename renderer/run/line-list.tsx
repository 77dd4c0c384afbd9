import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular, CheckmarkCircleRegular, ClockRegular, DismissCircleRegular } from '@fluentui/react-icons';
import { useTexts } from '../bridge/texts.tsx';
import type { TextKey } from '../bridge/catalogue.ts';
import type { Line } from './lines.ts';
import { StepTag } from './step-tag.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, width: '100%' },
  line: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  icon: { fontSize: '20px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  refused: { color: tokens.colorStatusDangerForeground3 },
  passing: { color: tokens.colorNeutralForeground2 },
  text: { whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
});

const outcomes: Readonly<Record<Line['outcome'], TextKey>> = {
  doing: 'setup.outcome.doing',
  done: 'setup.outcome.done',
  refused: 'setup.outcome.refused',
  waiting: 'setup.outcome.waiting',
};
const icons = { doing: ArrowClockwiseRegular, done: CheckmarkCircleRegular, refused: DismissCircleRegular, waiting: ClockRegular };

/** One line per change, as it happens; what is waited for is named. */
export function LineList({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <ul className={styles.list} data-lines>
      {lines.map((line, index) => {
        const Icon = icons[line.outcome];
        const colour = line.outcome === 'done' ? styles.done : line.outcome === 'refused' ? styles.refused : styles.passing;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          <li key={index} className={styles.line} data-outcome={line.outcome}>
            <span className={mergeClasses(styles.icon, colour)}>
              <Icon aria-label={t(outcomes[line.outcome])} />
            </span>
            <span className={styles.text}>{line.text}</span>
            <StepTag step={line.step} />
          </li>
        );
      })}
    </ul>
  );
}
