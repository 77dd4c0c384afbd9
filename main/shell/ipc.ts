import { ipcMain, type BrowserWindow } from 'electron';
import { checkedEmit, type Emit, type Router } from './router.ts';
import { isTrusted } from './sender.ts';

/** The one channel for requests: who is asking is validated here, what is asked by the router. */
export function bindRequests(window: () => BrowserWindow | null, router: Router): void {
  ipcMain.handle('keyring:request', (event, channel: unknown, input: unknown) =>
    router.handle({ trusted: isTrusted(event, window()?.webContents.id ?? null) }, channel, input),
  );
}

/** The one channel for events; without a window they go nowhere. */
export function createEmit(window: () => BrowserWindow | null): Emit {
  return checkedEmit((event, value) => {
    const open = window();
    if (open !== null && !open.isDestroyed()) open.webContents.send('keyring:event', event, value);
  });
}
