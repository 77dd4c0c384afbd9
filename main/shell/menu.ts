import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../preload/contract.ts';
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

/** The application menu. Items with work in the window send a command; its own keys (Enter, Del) are shown, not taken. */
export function menuTemplate({ t }: Texts, practice: boolean, actions: MenuActions): MenuItemConstructorOptions[] {
  const role = (name: keyof typeof roles): MenuItemConstructorOptions => ({ role: name, label: t(roles[name]) });
  const command = (name: MenuCommand, label: TextKey, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label: t(label),
    click: () => actions.command(name),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  return [
    {
      label: t('menu.file'),
      submenu: [
        command('create', 'menu.create', 'CmdOrCtrl+N'),
        command('add-existing', 'menu.add-existing'),
        command('export-list', 'menu.export-list'),
        command('save-calendar', 'menu.save-calendar'),
        separator,
        practice
          ? { id: 'leave-practice', label: t('menu.leave-practice'), click: () => actions.leavePractice() }
          : { id: 'practise', label: t('menu.practise'), click: () => actions.practise() },
        separator,
        command('settings', 'menu.settings', 'CmdOrCtrl+,'),
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
        command('find', 'menu.find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: t('menu.credential'),
      submenu: [
        shownKey(command('edit', 'menu.edit-credential', 'Enter')),
        command('continue', 'menu.continue'),
        command('verify', 'menu.verify'),
        command('export', 'menu.export'),
        separator,
        shownKey(command('delete', 'menu.delete', 'Delete')),
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        command('refresh', 'menu.refresh', 'F5'),
        command('activity', 'menu.activity'),
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
        { id: 'log-folder', label: t('menu.log-folder'), click: () => actions.openLogFolder() },
        command('diagnostics', 'menu.diagnostics'),
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
