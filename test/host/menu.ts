import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import type { Key } from './page/preload-realm.ts';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly accelerator: string;
  readonly role: string;
}

type Items = readonly MenuItemConstructorOptions[];

let current: Items = [];
let changed: () => void = () => undefined;

function flat(items: Items): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** The part of Electron's Menu that the shell uses. A template is its own menu here. */
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as ElectronMenu,
  setApplicationMenu: (menu: ElectronMenu | null) => {
    current = menu === null ? [] : (menu as unknown as Items);
    changed();
  },
} satisfies Pick<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu'>;

export function onMenuChange(listener: () => void): void {
  changed = listener;
}

export function menuEntries(): MenuEntry[] {
  return flat(current)
    .filter((item) => item.type !== 'separator')
    .map(({ id = '', label = '', accelerator = '', role = '' }) => ({ id, label, accelerator, role }));
}

/** Keys that the menu takes, by its accelerators. */
export function menuKeys(): Key[] {
  return flat(current).flatMap(({ id, accelerator, registerAccelerator = true }) => {
    if (id === undefined || accelerator === undefined || !registerAccelerator) return [];
    const parts = accelerator.split('+');
    return [{ id, key: (parts.at(-1) ?? '').toLowerCase(), control: parts.includes('CmdOrCtrl') }];
  });
}

/** @throws Error when there is no such item with work of its own */
export function clickMenuItem(id: string): void {
  const item = flat(current).find((each) => each.id === id);
  if (item?.click === undefined) throw new Error(`no menu item ${id}`);
  // Our items take no arguments.
  Reflect.apply(item.click, undefined, []);
}
