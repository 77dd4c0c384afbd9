import type { KeyboardEvent } from 'react';
import type { Texts } from '../../bridge/translate.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { commandIds, commands, keyOf, type CommandId } from './commands.ts';

/** Keys whose names differ by language. */
const named: Readonly<Record<string, TextKey>> = {
  Control: 'key.control',
  Enter: 'key.enter',
  Delete: 'key.delete',
  Escape: 'key.escape',
  Shift: 'key.shift',
  Space: 'key.space',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

function isPressed({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed, shortcut: string): boolean {
  const parts = shortcut.split('+');
  return (
    key.toLowerCase() === parts.at(-1)?.toLowerCase() &&
    (ctrlKey || metaKey) === parts.includes('Control') &&
    altKey === parts.includes('Alt') &&
    !shiftKey
  );
}

/** @param where in the list, or anywhere on its page */
export function commandOfKey(event: Pressed, where: 'list' | 'page'): CommandId | null {
  const found = commandIds.find((id) => {
    const key = keyOf(id);
    return key !== null && (commands[id].needs === 'nothing') === (where === 'page') && isPressed(event, key);
  });
  return found ?? null;
}

/** A key as it is printed on the keyboard, e.g. `Alt+Enter`. @param key as ARIA writes it */
export const keyText = (key: string, { t }: Texts): string =>
  key
    .split('+')
    .map((part) => (named[part] === undefined ? part : t(named[part])))
    .join('+');

/** The same of a command; null where it has none. */
export function shortcutText(id: CommandId, texts: Texts): string | null {
  const key = keyOf(id);
  return key === null ? null : keyText(key, texts);
}
