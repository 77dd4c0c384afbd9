import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CircleHalfFillRegular, ErrorCircleFilled, WarningFilled } from '@fluentui/react-icons';
import { useMemo, type ReactElement } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { marks, soonDays, type Mark, type RowFacts } from '../state/index.ts';

const useStyles = makeStyles({
  chips: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, minWidth: 0 },
  chip: { minWidth: 0, fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap' },
  attention: {
    color: tokens.colorStatusDangerForeground3,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
  },
  expiring: {
    color: tokens.colorStatusWarningForeground2,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  // Nothing is wrong, and something is to be done.
  unfinished: {
    color: tokens.colorBrandForeground1,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  pressed: { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px', fontWeight: tokens.fontWeightSemibold },
});

const markIcons: Readonly<Record<Mark, ReactElement>> = {
  attention: <ErrorCircleFilled />,
  expiring: <WarningFilled />,
  unfinished: <CircleHalfFillRegular />,
};

export interface ChipsProps {
  readonly facts: readonly RowFacts[];
  readonly pressed: ReadonlySet<Mark>;
  readonly onPressed: (pressed: ReadonlySet<Mark>) => void;
}

/** What is to be done, counted; pressed, only that is shown, of several what any of them counts. */
export function Chips({ facts, pressed, onPressed }: ChipsProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const counted = useMemo(() => marks.map((mark) => ({ mark, count: facts.filter((row) => row.marks.includes(mark)).length })), [facts]);
  const shown = counted.filter(({ mark, count }) => count > 0 || pressed.has(mark));
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-label={t('manager.summary')} className={styles.chips}>
      {shown.map(({ mark, count }) => (
        <Button
          key={mark}
          size="small"
          shape="circular"
          icon={markIcons[mark]}
          aria-pressed={pressed.has(mark)}
          data-chip={mark}
          className={mergeClasses(styles.chip, styles[mark], pressed.has(mark) && styles.pressed)}
          onClick={() => onPressed(new Set(marks.filter((each) => pressed.has(each) !== (each === mark))))}
        >
          {t(`manager.chip.${mark}`, { count, days: soonDays })}
        </Button>
      ))}
    </div>
  );
}

const useTextStyles = makeStyles({
  text: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0, whiteSpace: 'nowrap' },
  icon: { display: 'inline-flex', fontSize: tokens.fontSizeBase400 },
  attention: { color: tokens.colorStatusDangerForeground3 },
  expiring: { color: tokens.colorStatusWarningForeground2 },
  unfinished: { color: tokens.colorBrandForeground1 },
});

/** The same beside a group. */
export function MarkText({ mark, text }: { readonly mark: Mark; readonly text: string }) {
  const styles = useTextStyles();
  return (
    <span className={mergeClasses(styles.text, styles[mark])}>
      <span className={styles.icon} aria-hidden>
        {markIcons[mark]}
      </span>
      {text}
    </span>
  );
}
