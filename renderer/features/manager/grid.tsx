import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { fittingColumns, gridTemplate, leastWidth } from './columns.ts';
import { GridHeader } from './grid-header.tsx';
import { onGridKey, type GridActions } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { heights, useGridStyles } from './grid-styles.ts';
import { isGroupKey, type ListItem } from './list-items.ts';
import { reach, selectAll, tickAll, untick, type Reach, type Selection } from './selection.ts';
import type { TickBoxProps } from './tick-box.tsx';
import { useInnerWidth } from './use-inner-width.ts';
import { useRowFocus } from './use-row-focus.ts';
import type { List } from './use-list.ts';

export interface GridHandle {
  /** Selects a row and puts the focus on it; without a key, the focus on the row that had it last. */
  readonly focus: (key?: string) => void;
}

export interface GridProps {
  readonly list: List;
  readonly now: number;
  readonly busy: ReadonlySet<string>;
  readonly actions: Pick<GridActions, 'carryOut' | 'type'>;
  readonly onContextMenu: (at: { readonly x: number; readonly y: number }) => void;
  readonly ref: Ref<GridHandle>;
}

const keyOf = (target: EventTarget) =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null) : null;

const isTick = (target: EventTarget) => target instanceof Element && target.closest('[data-tick]') !== null;

function howOf({ shiftKey, ctrlKey, metaKey }: MouseEvent): Reach {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'toggle' : 'only';
}

/** How many of these rows are ticked. */
function tickedOf({ selected, ticked }: Selection, keys: readonly string[]): TickBoxProps['ticked'] {
  const count = ticked ? keys.filter((key) => selected.has(key)).length : 0;
  return count === 0 ? 'none' : count === keys.length ? 'all' : 'some';
}

const rowsOf = (item: ListItem): readonly string[] => (item.kind === 'group' ? item.members : [item.key]);

/** The list of credentials: only what is in sight is drawn, the row with the focus always is. */
export function Grid({ list, now, busy, actions, onContextMenu, ref }: GridProps) {
  const { t } = useTexts();
  const styles = useGridStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const { items, keys, rowKeys, selection, setSelection } = list;
  const activeKey = selection.active ?? keys[0] ?? null;
  const activeIndex = activeKey === null ? -1 : keys.indexOf(activeKey);

  const available = useInnerWidth(scroller);
  const columns = useMemo(() => fittingColumns(list.columns, list.widths, available), [list.columns, list.widths, available]);
  // The tenant stands under the name where it has no column of its own.
  const narrow = !columns.some(({ id }) => id === 'tenant');
  const height = narrow ? heights.narrow : heights.row;

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => height, [height]),
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    rangeExtractor: useCallback(
      (range: Range) => [...new Set([...defaultRangeExtractor(range), ...(activeIndex < 0 ? [] : [activeIndex])])].sort((a, b) => a - b),
      [activeIndex],
    ),
    scrollPaddingStart: heights.header,
    overscan: 8,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const rowFocus = useRowFocus({
    scroller,
    activeIndex,
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    ref,
    setSelection,
    rowKeys,
  });

  const choose = (key: string, how: Reach) => {
    rowFocus.want();
    setSelection((was) => reach(was.active === null ? { ...was, active: activeKey, anchor: activeKey } : was, key, how, rowKeys));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (keyOf(event.target) === null) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - heights.header) / height) - 1);
    onGridKey(event, items, activeIndex, page, {
      ...actions,
      toggleGroup: list.toggleGroup,
      selectAll: () => setSelection((was) => selectAll(was, [...list.found])),
      tick,
      untick: () => setSelection((was) => untick(was, rowKeys)),
      ticked: selection.ticked,
      move: (index, how) => choose(keys[index] ?? '', how),
    });
  };
  const tick = (key: string | null) => {
    const group = items.find((item) => item.key === key);
    if (key === null) setSelection((was) => tickAll(was, [...list.found]));
    else if (group?.kind === 'group') setSelection((was) => ({ ...tickAll(was, group.members), active: key }));
    else choose(key, 'tick');
  };
  const onMouseDown = (event: MouseEvent) => {
    const key = keyOf(event.target);
    const box = isTick(event.target);
    if (event.button === 0 && box && !event.shiftKey) {
      event.preventDefault();
      rowFocus.want();
      tick(key);
      return;
    }
    if (key === null || (event.button !== 0 && (event.button !== 2 || selection.selected.has(key)))) return;
    choose(key, event.button === 2 ? 'only' : howOf(event));
    if (event.button === 0 && isGroupKey(key)) list.toggleGroup(key);
  };
  const onMenu = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-key]') : null;
    if (row === null || isGroupKey(keyOf(row) ?? 'group:')) return;
    event.preventDefault();
    // By key the event has no place of its own worth using: the menu opens at the row.
    const box = row.getBoundingClientRect();
    onContextMenu(event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: box.left + 48, y: box.bottom });
  };

  const grouped = list.inGroups.size > 0 || items.some(({ kind }) => kind === 'group');
  const width: CSSProperties = { minWidth: `${leastWidth(columns, list.widths)}px` };
  return (
    <div
      ref={scroller}
      role={grouped ? 'treegrid' : 'grid'}
      aria-label={t('manager.list')}
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      className={styles.frame}
      // A custom property, so that one change of width redraws no row.
      style={{ '--keyring-columns': gridTemplate(columns, list.widths) }}
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
      onDoubleClick={(event) =>
        isGroupKey(keyOf(event.target) ?? 'group:') || isTick(event.target) ? undefined : actions.carryOut('edit')
      }
      onContextMenu={onMenu}
      {...rowFocus.handlers}
    >
      <div style={width}>
        <GridHeader
          columns={columns}
          sort={list.sort}
          onSort={list.setSort}
          widths={list.widths}
          onWidths={list.setWidths}
          ticked={tickedOf(selection, [...list.found])}
        />
        <div role="rowgroup" className={styles.body} style={{ height: `${virtual.getTotalSize()}px` }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <GridRow
                key={key}
                item={item}
                columns={columns}
                index={index}
                top={start}
                now={now}
                active={index === activeIndex}
                selected={selection.selected.has(item.key)}
                busy={busy.has(item.key)}
                ticked={tickedOf(selection, rowsOf(item))}
                grouped={grouped}
                narrow={narrow}
                inGroup={list.inGroups.has(item.key)}
              />
            );
          })}
        </div>
      </div>
      {items.length === 0 ? <div className={styles.nothing}>{t('manager.nothing-found')}</div> : null}
    </div>
  );
}
