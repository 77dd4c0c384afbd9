/** Which rows are selected, which one has the focus, and where a range began. Keys of list items. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly active: string | null;
  readonly anchor: string | null;
  /** Whether rows are ticked: several, or one by its checkbox. A row that was only gone to is selected and not ticked. */
  readonly ticked: boolean;
}

export const noSelection: Selection = { selected: new Set(), active: null, anchor: null, ticked: false };

/**
 * `only`: this row alone; `toggle`: this row too, or not; `tick`: its checkbox, which what was only gone to does not matter to;
 * `range`: from the anchor to here; `focus`: nothing but the focus.
 */
export type Reach = 'only' | 'toggle' | 'tick' | 'range' | 'focus';

/**
 * What a list view of Windows does on a click or a key.
 *
 * @param order keys of the selectable rows, as shown
 */
export function reach(selection: Selection, key: string, how: Reach, order: readonly string[]): Selection {
  if (how === 'focus') return { ...selection, active: key };
  const selectable = order.includes(key);
  if (how === 'only') return { selected: new Set(selectable ? [key] : []), active: key, anchor: key, ticked: false };
  if (how === 'toggle' || how === 'tick') {
    if (!selectable) return { ...selection, active: key };
    return { ...ticking(selection, [key], how === 'tick'), active: key, anchor: key };
  }
  const from = Math.max(0, order.indexOf(selection.anchor ?? key));
  const to = Math.max(0, order.indexOf(key));
  const selected = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
  return { selected, active: key, anchor: selection.anchor ?? key, ticked: selected.size > 1 };
}

/** Ticks these rows too, or none of them where all are ticked. @param alone whether a row that is not ticked counts for nothing */
function ticking({ selected, ticked }: Selection, keys: readonly string[], alone: boolean): Pick<Selection, 'selected' | 'ticked'> {
  const before = ticked || !alone ? selected : new Set<string>();
  const off = ticked && keys.every((key) => before.has(key));
  const after = new Set(off ? [...before].filter((key) => !keys.includes(key)) : [...before, ...keys]);
  return { selected: after, ticked: after.size > 0 };
}

/** The checkbox of a group, or of all. */
export const tickAll = (selection: Selection, keys: readonly string[]): Selection => ({ ...selection, ...ticking(selection, keys, true) });

/** Nothing is ticked any more; the row with the focus is selected. */
export const untick = ({ active }: Selection, order: readonly string[]): Selection =>
  reach(noSelection, active ?? '', active === null ? 'focus' : 'only', order);

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ...selection, selected: new Set(order), ticked: order.length > 0 };
}

/**
 * The same selection over other rows: what is gone is not selected any more, and the focus goes to what stands where
 * the focused row stood.
 *
 * @param before keys as shown before
 * @param after keys as shown now
 * @param found keys of the rows that fit, those of closed groups too
 */
export function carryOver(
  selection: Selection,
  before: readonly string[],
  after: readonly string[],
  found: ReadonlySet<string> = new Set(after),
): Selection {
  const there = new Set(after);
  const selected = [...selection.selected].filter((key) => found.has(key));
  const active =
    selection.active !== null && !there.has(selection.active)
      ? (after[Math.min(Math.max(0, before.indexOf(selection.active)), after.length - 1)] ?? null)
      : selection.active;
  const anchor = selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : active;
  if (active === selection.active && anchor === selection.anchor && selected.length === selection.selected.size) return selection;
  return { selected: new Set(selected), active, anchor, ticked: selection.ticked && selected.length > 0 };
}
