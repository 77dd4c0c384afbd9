import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { checkedEmit, type Emit, type Router } from './router.ts';
import { appOrigin } from './served-files.ts';

/** Our window, its top frame, our origin. A frame that is already gone is nobody. */
function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  if (window === null || senderFrame === null) return false;
  return sender.id === window.webContents.id && senderFrame.parent === null && senderFrame.origin === appOrigin;
}

/** The one channel for requests: who is asking is judged here, what is asked by the router. */
export function bindRequests(window: () => BrowserWindow | null, router: Router): void {
  ipcMain.handle('keyring:request', (event, channel: unknown, input: unknown) => router.handle({ trusted: isTrusted(event, window()) }, channel, input));
}

/** The one channel for events; without a window they go nowhere. */
export function createEmit(window: () => BrowserWindow | null): Emit {
  return checkedEmit((event, value) => {
    const open = window();
    if (open !== null && !open.isDestroyed()) open.webContents.send('keyring:event', event, value);
  });
}
