import { app, clipboard, ClipboardItem, dialog, Notification, shell, type BrowserWindow } from 'electron';
import { Fault } from '../faults.ts';
import type { Desktop } from './desktop-interface.ts';
import { externalPage, signInPage } from './external-links.ts';
import { secretClip } from './secret-clip.ts';
import { mayNotify } from './windows-identity.ts';

/** Collected as garbage, a notification would still be there, but nobody would hear its click. */
const shown = new Set<Notification>();

async function openKnown(address: string, known: (address: string) => string | null): Promise<void> {
  const page = known(address);
  if (page === null) throw new Fault('service.host-refused', { params: { host: URL.parse(address)?.host ?? '' } });
  await shell.openExternal(page);
}

/** The desktop as Electron knows it. Dialogs belong to the window, so that they cannot get behind it. */
export function createDesktop(window: () => BrowserWindow | null): Desktop {
  return {
    saveFile: async ({ title, name, extension, or = [] }) => {
      const options = {
        title,
        defaultPath: name,
        filters: [extension, ...or].map((each) => ({ name: each.toUpperCase(), extensions: [each] })),
      };
      const open = window();
      const { canceled, filePath } = await (open === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(open, options));
      return canceled || filePath === '' ? null : filePath;
    },
    openFile: async ({ title, extensions }) => {
      const filters = [
        { name: extensions.map((each) => `*.${each}`).join(' '), extensions: [...extensions] },
        { name: '*.*', extensions: ['*'] },
      ];
      const options = { title, filters, properties: ['openFile' as const] };
      const open = window();
      const { canceled, filePaths } = await (open === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(open, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    downloadsFolder: () => {
      try {
        return app.getPath('downloads');
      } catch (error) {
        // Windows does not tell where it is while the share that it was moved to cannot be reached.
        throw new Fault('downloads.folder-unknown', { cause: error });
      }
    },
    copy: (text) => clipboard.writeText(text),
    copySecret: (text) => clipboard.write([new ClipboardItem(secretClip(text, process.platform))]),
    clearCopied: async (text) => {
      if ((await clipboard.readText()) === text) clipboard.clear();
    },
    tell: async ({ title, message, detail, close }) => {
      const options = { type: 'info' as const, title, message, detail, buttons: [close], noLink: true };
      const open = window();
      await (open === null ? dialog.showMessageBox(options) : dialog.showMessageBox(open, options));
    },
    ask: async ({ title, message, detail, confirm, cancel }) => {
      const options = {
        type: 'warning' as const,
        title,
        message,
        detail,
        buttons: [confirm, cancel],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      };
      const open = window();
      const { response } = await (open === null ? dialog.showMessageBox(options) : dialog.showMessageBox(open, options));
      return response === 0;
    },
    openPage: (address) => openKnown(address, externalPage),
    openSignIn: (address) => openKnown(address, signInPage),
    notify: ({ title, body, clicked }) => {
      if (!mayNotify() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      const forget = () => void shown.delete(notification);
      notification.on('click', () => {
        forget();
        clicked();
      });
      notification.on('close', forget);
      shown.add(notification);
      notification.show();
    },
  };
}
