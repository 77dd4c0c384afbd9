import type { KeyboardEvent } from 'react';
import type { ListItem } from './list-items.ts';
import type { Reach } from './selection.ts';

export interface GridActions {
  readonly edit: () => void;
  readonly details: () => void;
  readonly remove: () => void;
  readonly selectAll: () => void;
  readonly toggleGroup: (key: string) => void;
  /** A letter was typed in the list: the filter gets it. */
  readonly type: () => void;
  readonly move: (index: number, how: Reach) => void;
}

/** Where a key moves to; null when it does not move. */
function target(key: string, index: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return index - 1;
    case 'ArrowDown':
      return index + 1;
    case 'PageUp':
      return index - page;
    case 'PageDown':
      return index + page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function howOf({ shiftKey, ctrlKey, metaKey }: KeyboardEvent): Reach {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'focus' : 'only';
}

const isText = (event: KeyboardEvent) => event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey && !event.metaKey;

function command(event: KeyboardEvent, item: ListItem, index: number, actions: GridActions): boolean {
  const control = event.ctrlKey || event.metaKey;
  if (item.kind === 'group' && ['Enter', ' ', item.collapsed ? 'ArrowRight' : 'ArrowLeft'].includes(event.key))
    actions.toggleGroup(item.key);
  else if (event.key === 'Enter') (event.altKey ? actions.details : actions.edit)();
  else if (event.key === ' ') actions.move(index, 'toggle');
  else if (event.key === 'Delete') actions.remove();
  else if (control && event.key.toLowerCase() === 'a') actions.selectAll();
  else return false;
  return true;
}

/** The keys of a list view of Windows, on the row that has the focus. */
export function onGridKey(event: KeyboardEvent, items: readonly ListItem[], index: number, page: number, actions: GridActions): void {
  const item = items[index];
  if (item === undefined) return;
  if (isText(event)) {
    actions.type();
    return;
  }
  const to = target(event.key, index, items.length, page);
  if (to !== null) actions.move(Math.min(items.length - 1, Math.max(0, to)), howOf(event));
  else if (!command(event, item, index, actions)) return;
  event.preventDefault();
}
