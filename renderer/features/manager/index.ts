/** The list of credentials: rows, groups, filter and selection, the commands on them, and the dialogs over it. */
export { ManagerPage } from './manager-page.tsx';
export { rowsAhead } from './rows-ahead.ts';
export { commandIds, commands, keyOf } from './commands.ts';
export { keyText } from './shortcuts.ts';
