/** The list of credentials: rows, groups, filter and selection, the commands on them, and the dialogs over it. */
export { askForList, ManagerPage } from './manager-page.tsx';
export { commandIds, commands, keyOf } from './commands.ts';
export { keyText } from './shortcuts.ts';
