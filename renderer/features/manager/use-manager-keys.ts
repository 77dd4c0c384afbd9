import { useEffect, useEffectEvent } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { subscribe } from '../../bridge/bridge.ts';
import { carryOut } from './applicable.ts';
import { isCommand, type CommandId, type Desk } from './commands.ts';
import { commandOfKey } from './shortcuts.ts';

const inText = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
const modalOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** Keys that hold anywhere in the list's page, and the application menu's commands; none of them while a dialog is open. */
export function useManagerKeys(desk: Desk, rows: readonly CredentialRow[], undo: (() => void) | null) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || modalOpen()) return;
    const command = commandOfKey(event, 'page');
    if (command !== null) carryOut(command, desk, rows);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'z' && undo !== null && !inText(event.target)) undo();
    else return;
    event.preventDefault();
  });
  const onMenu = useEffectEvent((command: CommandId) => {
    if (!modalOpen()) carryOut(command, desk, rows);
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', key);
    const leave = subscribe('menu:command', ({ command }) => isCommand(command) && onMenu(command));
    return () => {
      document.removeEventListener('keydown', key);
      leave();
    };
  }, []);
}
