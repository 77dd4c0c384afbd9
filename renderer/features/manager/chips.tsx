import { makeStyles, mergeClasses, ToggleButton, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useTexts } from '../../app/texts.tsx';
import { soonDays, type Mark, type RowFacts } from './row-facts.ts';

const useStyles = makeStyles({
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`,
  },
  good: {
    color: tokens.colorStatusSuccessForeground2,
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    backgroundColor: tokens.colorStatusSuccessBackground1,
  },
  open: {
    color: tokens.colorStatusWarningForeground2,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  bad: {
    color: tokens.colorStatusDangerForeground3,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
  },
  chip: { minWidth: 0, fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap' },
  pressed: { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px', fontWeight: tokens.fontWeightSemibold },
});

const marks: readonly { readonly mark: Mark; readonly tone: 'good' | 'open' | 'bad' | null }[] = [
  { mark: 'proven', tone: 'good' },
  { mark: 'expiring', tone: 'open' },
  { mark: 'expired', tone: 'bad' },
  { mark: 'attention', tone: 'bad' },
  { mark: 'to-confirm', tone: null },
  { mark: 'waiting', tone: null },
];

export interface ChipsProps {
  readonly facts: readonly RowFacts[];
  readonly mark: Mark | null;
  readonly onMark: (mark: Mark | null) => void;
}

/** How many of what; pressed, only those are shown. */
export function Chips({ facts, mark, onMark }: ChipsProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const counts = useMemo(
    () => new Map(marks.map((each) => [each.mark, facts.filter((row) => row.marks.includes(each.mark)).length])),
    [facts],
  );
  const shown = marks
    .map((each) => ({ ...each, number: counts.get(each.mark) ?? 0 }))
    .filter((each) => each.number > 0 || each.mark === mark);
  const look = (pressed: boolean, tone: (typeof marks)[number]['tone']) =>
    mergeClasses(styles.chip, tone !== null && styles[tone], pressed && styles.pressed);
  return (
    <div role="group" aria-label={t('manager.summary')} className={styles.chips}>
      <ToggleButton
        size="small"
        shape="circular"
        checked={mark === null}
        className={look(mark === null, null)}
        onClick={() => onMark(null)}
      >
        {t('manager.chip.all', { count: facts.length })}
      </ToggleButton>
      {shown.map(({ mark: each, tone, number }) => (
        <ToggleButton
          key={each}
          size="small"
          shape="circular"
          checked={mark === each}
          className={look(mark === each, tone)}
          onClick={() => onMark(mark === each ? null : each)}
        >
          {t(`manager.chip.${each}`, { count: number, days: soonDays })}
        </ToggleButton>
      ))}
    </div>
  );
}
