import { useEffect, useEffectEvent } from 'react';
import { subscribe } from '../../app/bridge.ts';
import { menuCommands, type ListCommands, type Possible } from './commands.ts';

const inText = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
const isSelective = (name: string): name is keyof Possible => ['edit', 'details', 'remove', 'verify', 'exportCertificate'].includes(name);
const modalOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** Keys that hold anywhere in the list's page, and the application menu's commands; none of them while a dialog is open. */
export function useManagerKeys(actions: ListCommands, possible: Possible, undo: (() => void) | null) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || modalOpen()) return;
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    if (control && key === 'n') actions.create();
    else if (control && key === 'f') actions.find();
    else if (control && key === ',') actions.settings();
    else if (control && key === 'z' && undo !== null && !inText(event.target)) undo();
    else if (event.key === 'F5') actions.refresh();
    else return;
    event.preventDefault();
  });
  const onMenu = useEffectEvent((name: keyof ListCommands) => {
    if (modalOpen()) return;
    if (!isSelective(name) || possible[name]) actions[name]();
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', key);
    const leave = subscribe('menu:command', ({ command }) => command !== 'diagnostics' && onMenu(menuCommands[command]));
    return () => {
      document.removeEventListener('keydown', key);
      leave();
    };
  }, []);
}
