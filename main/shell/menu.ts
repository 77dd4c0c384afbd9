import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import keys from '../../assets/commands.json' with { type: 'json' };
import type { ListCommand, MenuCommand } from '../../preload/contract.ts';
import type { TextKey, Texts } from '../texts/index.ts';

export interface MenuActions {
  /** Work of the window. */
  command(command: MenuCommand): void;
  practise(): void;
  leavePractice(): void;
  openLogFolder(): void;
  about(): void;
}

/** The platform's own behaviour under our words: Electron names roles in English only. */
const roles = {
  undo: 'menu.undo',
  redo: 'menu.redo',
  cut: 'menu.cut',
  copy: 'menu.copy',
  paste: 'menu.paste',
  selectAll: 'menu.select-all',
  resetZoom: 'menu.zoom-reset',
  zoomIn: 'menu.zoom-in',
  zoomOut: 'menu.zoom-out',
  togglefullscreen: 'menu.full-screen',
} as const satisfies Partial<Record<NonNullable<MenuItemConstructorOptions['role']>, TextKey>>;

/** The list itself takes this key; as the menu's it would be taken from every text box. */
const shownKey = (item: MenuItemConstructorOptions): MenuItemConstructorOptions => ({ ...item, registerAccelerator: false });

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** Keys that the list takes itself, where the focus is on a row. */
const ofList: readonly string[] = ['Enter', 'Alt+Enter', 'Delete'];

/** The application menu. Items with work in the window send a command; its own keys (Enter, Del) are shown, not taken. */
export function menuTemplate({ t }: Texts, practice: boolean, actions: MenuActions): MenuItemConstructorOptions[] {
  const role = (name: keyof typeof roles): MenuItemConstructorOptions => ({ role: name, label: t(roles[name]) });
  /** Name and key are those that the window's own buttons and menus have. */
  const command = (name: ListCommand): MenuItemConstructorOptions => {
    const key = keys[name];
    const item = { id: name, label: t(`manager.${name}`), click: () => actions.command(name) };
    if (key === null) return item;
    const shown = { ...item, accelerator: key.replace('Control', 'CmdOrCtrl') };
    return ofList.includes(key) ? shownKey(shown) : shown;
  };
  const help = (name: Exclude<MenuCommand, ListCommand>): MenuItemConstructorOptions => ({
    id: name,
    label: t(`menu.${name}`),
    click: () => actions.command(name),
  });
  return [
    {
      label: t('menu.file'),
      submenu: [
        command('create'),
        command('add-existing'),
        command('export-list'),
        command('save-calendar'),
        separator,
        practice
          ? { id: 'leave-practice', label: t('menu.leave-practice'), click: () => actions.leavePractice() }
          : { id: 'practise', label: t('menu.practise'), click: () => actions.practise() },
        separator,
        command('settings'),
        separator,
        { role: 'quit', label: t('menu.quit') },
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        role('undo'),
        role('redo'),
        separator,
        role('cut'),
        role('copy'),
        role('paste'),
        role('selectAll'),
        separator,
        command('find'),
      ],
    },
    {
      label: t('menu.credential'),
      submenu: [
        command('edit'),
        command('details'),
        command('continue'),
        separator,
        command('verify'),
        command('rotate'),
        command('migrate'),
        command('export'),
        separator,
        command('ews'),
        separator,
        command('delete'),
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        command('refresh'),
        command('activity'),
        separator,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        separator,
        role('togglefullscreen'),
      ],
    },
    {
      label: t('menu.help'),
      submenu: [
        { ...help('guide'), accelerator: 'F1' },
        help('shortcuts'),
        separator,
        { id: 'log-folder', label: t('menu.log-folder'), click: () => actions.openLogFolder() },
        help('diagnostics'),
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const, label: t('menu.developer-tools') }]),
        separator,
        { id: 'about', label: t('menu.about'), click: () => actions.about() },
      ],
    },
  ];
}

export function showMenu(texts: Texts, practice: boolean, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(texts, practice, actions)));
}
