import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CheckmarkCircleRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';

const useStyles = makeStyles({
  step: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  number: {
    width: '20px',
    height: '20px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: tokens.fontSizeBase200,
  },
  // The next step: nothing is wrong.
  next: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, border: 'none' },
  icon: { display: 'inline-flex', fontSize: '20px' },
  seen: { color: tokens.colorStatusSuccessForeground1 },
  said: { color: tokens.colorNeutralForeground2 },
  text: { overflowWrap: 'anywhere' },
  current: { fontWeight: tokens.fontWeightSemibold },
  end: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '32px',
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  below: { gridColumnStart: 2, gridColumnEnd: 4, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

export interface SheetStepRowProps {
  /** Of the step, in the description of its server. */
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly done: CredentialRow['sheet'][string] | null;
  /** The first one that is not done. */
  readonly next: boolean;
  /** What stands at its end, before the tick. */
  readonly end?: ReactNode;
  readonly children?: ReactNode;
  /** Null for a step that nobody ticks. */
  readonly onTick: ((done: boolean) => void) | null;
}

/** One step: its number or its tick, what is to be done, and what is needed for it. */
export function SheetStepRow({ id, number, text, done, next, end = null, children = null, onTick }: SheetStepRowProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const seen = done?.by === 'evidence';
  return (
    <li
      className={styles.step}
      data-step={id}
      data-step-done={done === null ? 'no' : done.by}
      {...(next ? { 'aria-current': 'step' as const } : {})}
    >
      {done === null ? (
        <span className={mergeClasses(styles.number, next && styles.next)} aria-hidden>
          {number}
        </span>
      ) : (
        <span className={mergeClasses(styles.icon, seen ? styles.seen : styles.said)}>
          {seen ? (
            <CheckmarkCircleFilled aria-label={t('setup.sheet.seen')} />
          ) : (
            <CheckmarkCircleRegular aria-label={t('setup.sheet.said')} />
          )}
        </span>
      )}
      <span className={mergeClasses(styles.text, next && styles.current)}>{text}</span>
      <span className={styles.end}>
        {done === null ? (
          end
        ) : (
          <span className={styles.quiet}>{seen ? t('asked.sheet.seen-at', { time: dateTime(done.at) }) : dateTime(done.at)}</span>
        )}
        {onTick === null ? null : (
          <Checkbox
            checked={done !== null}
            aria-label={t('setup.sheet.tick', { step: text })}
            onChange={(_, { checked }) => onTick(checked === true)}
          />
        )}
      </span>
      {done === null && children !== null ? <div className={styles.below}>{children}</div> : null}
    </li>
  );
}
