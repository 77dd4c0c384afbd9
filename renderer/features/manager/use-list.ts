import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useFacts } from '../../app/facts.ts';
import { useTexts } from '../../app/texts.tsx';
import { offeredColumns } from './columns.ts';
import { useKeptView } from './kept-view.ts';
import { byName, listItems, sorted } from './list-items.ts';
import { rowFacts, type Mark } from './row-facts.ts';
import { carryOver, noSelection, type Selection } from './selection.ts';

const noKeys: readonly string[] = [];

/** The list as shown: filter, order, groups, and the selection that follows them. */
export function useList(rows: readonly CredentialRow[], now: number) {
  const { language } = useTexts();
  const { annotations } = useFacts();
  const { sort, setSort, grouped, setGrouped, widths, setWidths, hidden, setHidden } = useKeptView(annotations);
  const [filter, setFilter] = useState('');
  const [mark, setMark] = useState<Mark | null>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [shownKeys, setShownKeys] = useState(noKeys);
  /** Rows that were just made, until the list has them. */
  const [awaited, setAwaited] = useState(noKeys);
  const [arrivals, setArrivals] = useState(0);

  // Typing stays quick in a long list: what is shown may be a key stroke behind.
  const deferred = useDeferredValue(filter);
  const facts = useMemo(() => rows.map((row) => rowFacts(row, now, annotations)), [rows, now, annotations]);
  const offered = useMemo(() => offeredColumns(annotations, rows), [annotations, rows]);
  const columns = useMemo(() => offered.filter(({ id }) => !hidden.includes(id)), [offered, hidden]);
  // In three steps, because comparing texts takes far longer than searching them: a key stroke sorts nothing.
  const named = useMemo(() => byName(facts, language), [facts, language]);
  const ordered = useMemo(() => sorted(named, sort, language), [named, sort, language]);
  const items = useMemo(
    () => listItems(ordered, { filter: deferred, mark, grouped, collapsed }, language),
    [ordered, deferred, mark, grouped, collapsed, language],
  );
  const keys = useMemo(() => items.map((item) => item.key), [items]);
  const rowKeys = useMemo(() => items.filter((item) => item.kind === 'row').map((item) => item.key), [items]);

  if (keys !== shownKeys) {
    setShownKeys(keys);
    setSelection(carryOver(selection, shownKeys, keys));
  }

  if (awaited.length > 0 && awaited.every((key) => rowKeys.includes(key))) {
    const first = rowKeys.find((key) => awaited.includes(key)) ?? null;
    setSelection({ selected: new Set(awaited), active: first, anchor: first });
    setAwaited(noKeys);
    setArrivals(arrivals + 1);
  }
  /** Selects rows as soon as they are there; nothing of the view may hide them. */
  const arrive = useCallback((ids: readonly string[]) => {
    setFilter('');
    setMark(null);
    setCollapsed(new Set());
    setAwaited(ids);
  }, []);

  const toggleGroup = useCallback(
    (key: string) => setCollapsed((was) => (was.has(key) ? new Set([...was].filter((each) => each !== key)) : new Set([...was, key]))),
    [],
  );
  return {
    facts,
    offered,
    columns,
    hidden,
    setHidden,
    items,
    keys,
    rowKeys,
    selection,
    setSelection,
    filter,
    setFilter,
    mark,
    setMark,
    sort,
    setSort,
    grouped,
    setGrouped,
    widths,
    setWidths,
    toggleGroup,
    arrive,
    arrivals,
  };
}

export type List = ReturnType<typeof useList>;
