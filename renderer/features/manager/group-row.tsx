import { mergeClasses } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { Fragment } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { MarkText } from './chips.tsx';
import type { Column } from './columns.ts';
import { ExpiryText, StateText } from '../state/index.ts';
import { useGridStyles } from './grid-styles.ts';
import type { GroupItem } from './list-items.ts';

export interface GroupCellsProps {
  readonly group: GroupItem;
  readonly columns: readonly Column[];
  /** Whether a row has two lines. */
  readonly narrow: boolean;
}

/** What the head of a group says of its rows: how many, which certificate ends next, and the worst state among them. */
export function GroupCells({ group, columns, narrow }: GroupCellsProps) {
  const { t } = useTexts();
  const styles = useGridStyles();
  const { name, members, next, worst, mark, collapsed } = group;
  // Its name has the room of all columns that say nothing of a group.
  const span = columns.findIndex(({ id }) => id === 'expires');
  const cellOf = ({ id }: Column) => {
    switch (id) {
      case 'name':
        return (
          <span
            role="rowheader"
            aria-colspan={span}
            className={mergeClasses(styles.cell, styles.groupName)}
            style={{ gridColumn: `span ${span}` }}
            title={name}
          >
            <span className={styles.chevron} aria-hidden>
              {collapsed ? <ChevronRightRegular /> : <ChevronDownRegular />}
            </span>
            <span className={styles.whole}>{name}</span>
            <span className={styles.count}>{t('manager.group.count', { count: members.length })}</span>
          </span>
        );
      case 'expires':
        return (
          <span role="gridcell" className={styles.cell}>
            {next === null ? null : <ExpiryText facts={next} stacked={narrow} />}
          </span>
        );
      case 'state':
        return (
          <span role="gridcell" className={styles.cell}>
            {mark === null ? (
              <StateText state={worst.row.state} text={t(`state.${worst.row.state}`)} />
            ) : (
              <MarkText mark={mark.mark} text={t(`manager.chip.${mark.mark}`, { count: mark.count })} />
            )}
          </span>
        );
      default:
        return null;
    }
  };
  return columns.map((column) => <Fragment key={column.id}>{cellOf(column)}</Fragment>);
}
