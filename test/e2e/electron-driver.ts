import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import type { Recorded } from '../host/control.ts';
import { shortenWaits } from '../host/short-waits.ts';
import type { Application, Driver } from './application.ts';

const root = join(import.meta.dirname, '../..');

/** Electron's program, when its package has fetched it; nothing is downloaded here. */
export function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron');
  const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8').trim() : '';
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return name !== '' && existsSync(path) ? path : null;
}

// Chromium's sandbox refuses to run for root.
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

interface Desk {
  readonly notices: Electron.Notification[];
  readonly answers: Record<'save' | 'open' | 'message', (string | number | null)[]>;
  readonly recorded: {
    dialogs: unknown[];
    opened: string[];
    notifications: unknown[];
    clipboard: string | null;
    relaunched: boolean;
    focused: number;
  };
}

/** Puts a desk that the test answers between the main process and the desktop. Runs in the main process: nothing outside it exists there. */
function putDesk(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ app, BrowserWindow, clipboard, dialog, Notification, shell }) => {
    const desk: Desk = {
      notices: [],
      answers: { save: [], open: [], message: [] },
      recorded: { dialogs: [], opened: [], notifications: [], clipboard: null, relaunched: false, focused: 0 },
    };
    Reflect.set(globalThis, 'desk', desk);
    const shown = (kind: string, args: readonly unknown[]) => {
      const {
        title = '',
        message = '',
        detail = '',
        defaultPath = '',
        buttons = [],
      } = args.at(-1) as Partial<Electron.MessageBoxOptions> & Electron.SaveDialogOptions;
      desk.recorded.dialogs.push({ kind, title, message, detail, defaultPath, buttons });
      return args.at(-1) as Electron.MessageBoxOptions;
    };
    const path = (answer: unknown) => (typeof answer === 'string' ? answer : null);
    Object.assign(dialog, {
      showSaveDialog: async (...args: unknown[]) => {
        shown('save', args);
        const filePath = path(desk.answers.save.shift());
        return { canceled: filePath === null, filePath: filePath ?? '' };
      },
      showOpenDialog: async (...args: unknown[]) => {
        shown('open', args);
        const filePath = path(desk.answers.open.shift());
        return { canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] };
      },
      showMessageBox: async (...args: unknown[]) => {
        const { cancelId = 0 } = shown('message', args);
        const answer = desk.answers.message.shift();
        return { response: typeof answer === 'number' ? answer : cancelId, checkboxChecked: false };
      },
    });
    const open = (target: string) => {
      desk.recorded.opened.push(target);
      return Promise.resolve('');
    };
    Object.assign(shell, { openExternal: open, openPath: open });
    Object.assign(clipboard, {
      writeText: (text: string) => {
        desk.recorded.clipboard = text;
        return Promise.resolve();
      },
      write: async ([item]: Parameters<Electron.Clipboard['write']>[0]) => {
        desk.recorded.clipboard = (await (await item?.getType('text/plain'))?.text()) ?? null;
      },
      readText: () => Promise.resolve(desk.recorded.clipboard ?? ''),
      clear: () => {
        desk.recorded.clipboard = '';
      },
    });
    Notification.prototype.show = function show(this: Electron.Notification) {
      desk.recorded.notifications.push({ title: this.title, body: this.body });
      desk.notices.push(this);
    };
    const focus: (this: Electron.BrowserWindow) => void = Reflect.get(BrowserWindow.prototype, 'focus');
    BrowserWindow.prototype.focus = function focused(this: Electron.BrowserWindow) {
      desk.recorded.focused += 1;
      focus.call(this);
    };
    Object.assign(app, {
      relaunch: () => {
        desk.recorded.relaunched = true;
      },
    });
  });
}

/** Real Electron, by Playwright's own driver for it. */
export const electronDriver: Driver = {
  name: 'Electron',
  run: async (args) => {
    const child = spawn(electronBinary() ?? '', [...switches, root, ...args], { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  },
  start: async (args, directory, build): Promise<Application> => {
    const electron = await _electron.launch({ executablePath: electronBinary() ?? '', args: [...switches, build, ...args], cwd: root });
    await putDesk(electron);
    const page = await electron.firstWindow();
    await page.waitForLoadState('load');
    const ended = once(electron.process(), 'exit');
    return {
      driver: electronDriver.name,
      page,
      directory,
      title: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? ''),
      answer: (kind, ...answers) =>
        electron
          .evaluate((_, given) => (Reflect.get(globalThis, 'desk') as Desk).answers[given.kind].push(...given.answers), {
            kind,
            answers: [...answers],
          })
          .then(() => undefined),
      recorded: () => electron.evaluate(() => (Reflect.get(globalThis, 'desk') as Desk).recorded) as Promise<Recorded>,
      menu: () =>
        electron.evaluate(({ Menu }) => {
          const flat = (items: readonly Electron.MenuItem[]): Electron.MenuItem[] =>
            items.flatMap((item) => [item, ...flat(item.submenu?.items ?? [])]);
          return flat(Menu.getApplicationMenu()?.items ?? [])
            .filter((item) => item.type !== 'separator')
            .map(({ id, label, accelerator, role }) => ({ id: id ?? '', label, accelerator: accelerator ?? '', role: role ?? '' }));
        }),
      clickMenu: (id) => electron.evaluate(({ Menu }, wanted) => void Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id),
      clickNotification: (index) =>
        electron.evaluate((_, wanted) => void (Reflect.get(globalThis, 'desk') as Desk).notices[wanted]?.emit('click'), index),
      setSystemTheme: (dark) =>
        electron.evaluate(({ nativeTheme }, wanted) => {
          nativeTheme.themeSource = wanted ? 'dark' : 'light'; // a test cannot switch the system itself
        }, dark),
      shortenWaits: () => electron.evaluate(shortenWaits),
      setDownloadsFolder: (folder) => electron.evaluate(({ app }, path) => app.setPath('downloads', path), folder),
      crash: (message) =>
        electron.evaluate((_, text) => {
          setImmediate(() => {
            throw new Error(text);
          });
        }, message),
      endSession: async () => {
        await electron.evaluate(({ BrowserWindow }) => {
          setImmediate(() => BrowserWindow.getAllWindows()[0]?.emit('session-end', { reasons: ['logoff'] }));
        });
        await ended;
        return electron.process().exitCode;
      },
      close: async () => {
        await electron.close();
        await ended;
        return electron.process().exitCode;
      },
    };
  },
};
