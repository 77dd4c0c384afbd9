/** Which rows are selected, which one has the focus, and where a range began. Keys of list items. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly active: string | null;
  readonly anchor: string | null;
}

export const noSelection: Selection = { selected: new Set(), active: null, anchor: null };

/** `only`: this row alone; `toggle`: this row too, or not; `range`: from the anchor to here; `focus`: nothing but the focus. */
export type Reach = 'only' | 'toggle' | 'range' | 'focus';

/**
 * What a list view of Windows does on a click or a key.
 *
 * @param order keys of the selectable rows, as shown
 */
export function reach(selection: Selection, key: string, how: Reach, order: readonly string[]): Selection {
  if (how === 'focus') return { ...selection, active: key };
  if (how === 'only') return { selected: new Set(order.includes(key) ? [key] : []), active: key, anchor: key };
  if (how === 'toggle') {
    if (!order.includes(key)) return { ...selection, active: key };
    const selected = new Set(selection.selected);
    if (!selected.delete(key)) selected.add(key);
    return { selected, active: key, anchor: key };
  }
  const from = Math.max(0, order.indexOf(selection.anchor ?? key));
  const to = Math.max(0, order.indexOf(key));
  return { selected: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), active: key, anchor: selection.anchor ?? key };
}

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ...selection, selected: new Set(order) };
}

/**
 * The same selection over other rows: what is gone is not selected any more, and the focus goes to what stands where
 * the focused row stood.
 *
 * @param before keys as shown before, @param after keys as shown now
 */
export function carryOver(selection: Selection, before: readonly string[], after: readonly string[]): Selection {
  const there = new Set(after);
  const selected = [...selection.selected].filter((key) => there.has(key));
  const active =
    selection.active !== null && !there.has(selection.active)
      ? (after[Math.min(Math.max(0, before.indexOf(selection.active)), after.length - 1)] ?? null)
      : selection.active;
  const anchor = selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : active;
  if (active === selection.active && anchor === selection.anchor && selected.length === selection.selected.size) return selection;
  return { selected: new Set(selected), active, anchor };
}
