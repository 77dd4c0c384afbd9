import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { tell } from './controlled.ts';
import type { ControlCall, ControlCalls } from './control.ts';
import { nativeTheme } from './electron.ts';
import { host } from './host.ts';
import { clickMenuItem, menuEntries } from './menu.ts';
import { shortenWaits } from './short-waits.ts';

/** Does what a test asks for; without a test there is no channel. */
export function listenToTest(): void {
  const { controlled } = host;
  if (controlled === null) return;
  const calls: ControlCalls = {
    answer: (kind, answers) => controlled.answer(kind, answers),
    recorded: () => ({ ...controlled.recorded(), focused: BrowserWindow.last?.focused ?? 0 }),
    title: () => BrowserWindow.last?.getTitle() ?? '',
    menu: menuEntries,
    clickMenu: clickMenuItem,
    clickNotification: (index) => controlled.clickNotification(index),
    setSystemTheme: (dark) => nativeTheme.setSystemDark(dark),
    shortenWaits,
    setDownloadsFolder: (folder) => {
      host.downloads = folder;
    },
    closeWindow: () => void BrowserWindow.last?.close(),
    endSession: () => void setImmediate(() => BrowserWindow.last?.endSession()),
    crash: (message) => {
      setImmediate(() => {
        throw new Error(message);
      });
    },
  };
  process.on('message', (message: ControlCall) => {
    const { id, call, args } = message;
    try {
      tell({ kind: 'answer', id, value: Reflect.apply(calls[call], undefined, args) ?? null });
    } catch (error) {
      tell({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
    }
  });
  process.on('disconnect', () => app.exit(1)); // the test is gone
}
