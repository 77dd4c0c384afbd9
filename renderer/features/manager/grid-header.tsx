import { useArrowNavigationGroup } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import type { Column, ColumnId, Widths } from './columns.ts';
import { useGridStyles } from './grid-styles.ts';
import type { Sort } from './list-items.ts';
import { TickBox, type TickBoxProps } from './tick-box.tsx';

export interface GridHeaderProps {
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly widths: Widths;
  readonly onWidths: (widths: Widths) => void;
  readonly ticked: TickBoxProps['ticked'];
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16 };
const clamp = (width: number) => Math.round(Math.min(1200, Math.max(60, width)));

/** Column heads: press to sort, drag the edge (or Shift with an arrow) for the width, double-click the edge to let go of it. */
export function GridHeader({ columns, sort, onSort, widths, onWidths, ticked }: GridHeaderProps) {
  const styles = useGridStyles();
  const { t } = useTexts();
  const arrows = useArrowNavigationGroup({ axis: 'horizontal', memorizeCurrent: true });

  const without = (id: ColumnId): Widths => Object.fromEntries(Object.entries(widths).filter(([each]) => each !== id));
  const resize = (id: ColumnId, width: number) => onWidths({ ...widths, [id]: clamp(width) });

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, id: ColumnId) => {
    const by = steps[event.key];
    if (!event.shiftKey || by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(id, (event.currentTarget.parentElement?.offsetWidth ?? 0) + by);
  };

  const onGrip = (event: PointerEvent<HTMLSpanElement>, id: ColumnId) => {
    const grip: HTMLSpanElement = event.currentTarget;
    const from = event.clientX;
    const width = grip.parentElement?.offsetWidth ?? 0;
    grip.setPointerCapture(event.pointerId);
    const dragging = new AbortController();
    grip.addEventListener('pointermove', (move) => resize(id, width + move.clientX - from), { signal: dragging.signal });
    grip.addEventListener('lostpointercapture', () => dragging.abort(), { signal: dragging.signal });
  };

  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.line} style={{ height: '100%' }} {...arrows}>
        <div role="columnheader" data-tick-all>
          <TickBox ticked={ticked} label={t('manager.tick.all')} />
        </div>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={ariaSort(column.id, sort)}
            className={styles.columnHead}
            data-column={column.id}
          >
            <SortButton column={column} sort={sort} onSort={onSort} onKeyDown={onKeyDown} />
            <span
              aria-hidden
              className={styles.grip}
              onPointerDown={(event) => onGrip(event, column.id)}
              onDoubleClick={() => onWidths(without(column.id))}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function ariaSort(id: ColumnId, sort: Sort) {
  if (sort.by !== id) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

interface SortButtonProps extends Pick<GridHeaderProps, 'sort' | 'onSort'> {
  readonly column: Column;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>, id: ColumnId) => void;
}

function SortButton({ column, sort, onSort, onKeyDown }: SortButtonProps) {
  const { t } = useTexts();
  const styles = useGridStyles();
  const { id } = column;
  const mine = sort.by === id;
  const head = 'label' in column ? column.label : t(column.title);
  return (
    <button
      type="button"
      className={styles.sortButton}
      title={`${head}\n${t('manager.sort.hint')}`}
      aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
      onClick={() => onSort({ by: id, descending: mine && !sort.descending })}
      onKeyDown={(event) => onKeyDown(event, id)}
    >
      <span className={styles.text}>{head}</span>
      {mine ? (
        <span className={styles.arrow}>{sort.descending ? <ArrowDownRegular aria-hidden /> : <ArrowUpRegular aria-hidden />}</span>
      ) : null}
    </button>
  );
}
