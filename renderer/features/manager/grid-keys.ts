import type { KeyboardEvent } from 'react';
import type { CommandId } from './commands.ts';
import type { ListItem } from './list-items.ts';
import type { Reach } from './selection.ts';
import { commandOfKey } from './shortcuts.ts';

export interface GridActions {
  /** A command for the selection. */
  readonly carryOut: (command: CommandId) => void;
  readonly selectAll: () => void;
  /** The checkbox of the row or group. */
  readonly tick: (key: string) => void;
  readonly untick: () => void;
  readonly ticked: boolean;
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
  const ofSelection = commandOfKey(event, 'list');
  if (item.kind === 'group' && ['Enter', item.collapsed ? 'ArrowRight' : 'ArrowLeft'].includes(event.key)) actions.toggleGroup(item.key);
  else if (ofSelection !== null) actions.carryOut(ofSelection);
  else if (event.key === ' ' && item.kind === 'group') actions.tick(item.key);
  else if (event.key === ' ') actions.move(index, 'toggle');
  else if (event.key === 'Escape' && actions.ticked) actions.untick();
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
