import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useFacts } from '../../bridge/facts.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { offeredColumns } from './columns.ts';
import { readFilter } from './filter.ts';
import { filterWords } from './filter-words.ts';
import { useKeptView } from './kept-view.ts';
import { byName, listItems, sorted } from './list-items.ts';
import { rowFacts, type Mark } from '../state/index.ts';
import { carryOver, noSelection, type Selection } from './selection.ts';

const noKeys: readonly string[] = [];
const noMarks: ReadonlySet<Mark> = new Set();

/** What the list says of a row in words that are not its own. */
const saidOf = ({ state, cloud }: CredentialRow, { t }: Texts): string[] => [
  t(`state.${state}`),
  ...(cloud === 'global' ? [] : [t(`manager.cloud.${cloud}`)]),
];

/** The list as shown: filter, order, groups, and the selection that follows them. */
export function useList(rows: readonly CredentialRow[], now: number) {
  const texts = useTexts();
  const { language } = texts;
  const { annotations } = useFacts();
  const { sort, setSort, grouping, setGrouping, widths, setWidths, hidden, setHidden } = useKeptView(annotations);
  const [filter, setFilter] = useState('');
  const [marks, setMarks] = useState<ReadonlySet<Mark>>(noMarks);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [shownKeys, setShownKeys] = useState(noKeys);
  /** Rows that were just made, until the list has them. */
  const [awaited, setAwaited] = useState(noKeys);
  const [arrivals, setArrivals] = useState(0);

  // Typing stays quick in a long list: what is shown may be a key stroke behind.
  const deferred = useDeferredValue(filter);
  const facts = useMemo(
    () => rows.map((row) => rowFacts(row, now, annotations, (each) => saidOf(each, texts))),
    [rows, now, annotations, texts],
  );
  const customers = useMemo(() => rows.some(({ customer }) => customer !== ''), [rows]);
  const offered = useMemo(() => offeredColumns(annotations, rows), [annotations, rows]);
  const columns = useMemo(() => offered.filter(({ id }) => !hidden.includes(id)), [offered, hidden]);
  // In three steps, because comparing texts takes far longer than searching them: a key stroke sorts nothing.
  const named = useMemo(() => byName(facts, language), [facts, language]);
  const ordered = useMemo(() => sorted(named, sort, language), [named, sort, language]);
  const words = useMemo(() => filterWords(texts), [texts]);
  const asked = useMemo(() => readFilter(deferred, words), [deferred, words]);
  const items = useMemo(
    () => listItems(ordered, { matches: asked.matches, marks, grouping, collapsed }),
    [ordered, asked, marks, grouping, collapsed],
  );
  /** Rows that fit, those of closed groups too. */
  const found = useMemo(() => new Set(items.flatMap((item) => (item.kind === 'group' ? item.members : [item.key]))), [items]);
  const selectedRows = useMemo(
    () => ordered.filter(({ key }) => selection.selected.has(key)).map(({ facts: { row } }) => row),
    [ordered, selection.selected],
  );
  const inGroups = useMemo(() => new Set(items.flatMap((item) => (item.kind === 'group' ? item.members : []))), [items]);
  const keys = useMemo(() => items.map((item) => item.key), [items]);
  const rowKeys = useMemo(() => items.filter((item) => item.kind === 'row').map((item) => item.key), [items]);

  if (keys !== shownKeys) {
    setShownKeys(keys);
    setSelection(carryOver(selection, shownKeys, keys, found));
  }

  if (awaited.length > 0 && awaited.every((key) => rowKeys.includes(key))) {
    const first = rowKeys.find((key) => awaited.includes(key)) ?? null;
    setSelection({ selected: new Set(awaited), active: first, anchor: first, ticked: awaited.length > 1 });
    setAwaited(noKeys);
    setArrivals(arrivals + 1);
  }
  /** Selects rows as soon as they are there; nothing of the view may hide them. */
  const arrive = useCallback((ids: readonly string[]) => {
    setFilter('');
    setMarks(noMarks);
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
    /** In their order. */
    selectedRows,
    filter,
    setFilter,
    problem: asked.problem !== null && (items.length === 0 || !asked.problem.onlyIfNothing) ? asked.problem : null,
    customers,
    marks,
    setMarks,
    sort,
    setSort,
    grouping,
    setGrouping,
    inGroups,
    found,
    widths,
    setWidths,
    toggleGroup,
    arrive,
    arrivals,
  };
}

export type List = ReturnType<typeof useList>;
