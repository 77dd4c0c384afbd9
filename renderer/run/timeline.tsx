import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowUndoFilled, CheckmarkCircleFilled, CircleRegular, ClockRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  title: { ...typographyStyles.body1Strong, margin: 0 },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
  },
  step: { display: 'grid', gridTemplateColumns: '20px auto', columnGap: tokens.spacingHorizontalXS, alignItems: 'center' },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorNeutralForeground3 },
  reached: { color: tokens.colorStatusSuccessForeground1 },
  waiting: { color: tokens.colorStatusWarningForeground3 },
  name: { display: 'inline-block', '::first-letter': { textTransform: 'uppercase' } },
  when: { gridColumnStart: 2, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** One step of a way that takes days. */
export interface TimelineStep {
  readonly state: string;
  readonly name: string;
  /** ISO 8601 UTC; null while it is not reached. */
  readonly at: string | null;
  /** How it is marked once it is reached: done, waiting for its end, or taken back. */
  readonly mark: 'done' | 'waiting' | 'undone';
}

/** What stands before a step. */
function markOf({ at, mark }: TimelineStep) {
  if (at === null) return { Icon: CircleRegular, colour: undefined, word: 'rotation.open' } as const;
  if (mark === 'waiting') return { Icon: ClockRegular, colour: 'waiting', word: 'rotation.waiting' } as const;
  if (mark === 'undone') return { Icon: ArrowUndoFilled, colour: undefined, word: 'rotation.reached' } as const;
  return { Icon: CheckmarkCircleFilled, colour: 'reached', word: 'rotation.reached' } as const;
}

export interface TimelineProps {
  readonly title: string;
  readonly steps: readonly TimelineStep[];
}

/** How far a way that takes days has come, and when. */
export function Timeline({ title: text, steps }: TimelineProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const title = useId();
  return (
    <>
      <h3 id={title} className={styles.title}>
        {text}
      </h3>
      <ol className={styles.list} aria-labelledby={title} data-timeline>
        {steps.map((step) => {
          const { Icon, colour, word } = markOf(step);
          return (
            <li key={step.state} className={styles.step} data-timeline-state={step.state} data-reached={step.at !== null}>
              <span className={mergeClasses(styles.icon, colour && styles[colour])}>
                <Icon aria-label={t(word)} />
              </span>
              <span className={styles.name}>{step.name}</span>
              <span className={styles.when}>{step.at === null ? '–' : dateTime(step.at)}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
