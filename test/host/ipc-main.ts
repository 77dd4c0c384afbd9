import type { IpcMain, IpcMainInvokeEvent } from 'electron';

type Handler = Parameters<IpcMain['handle']>[1];

const handlers = new Map<string, Handler>();

/** Requests of pages, one handler for each channel. */
export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  /** @throws Error as Electron words it, for the page's promise */
  invoked: async (event: object, channel: string, args: readonly unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`);
    return structuredClone(await handler(event as IpcMainInvokeEvent, ...args));
  },
} satisfies Pick<IpcMain, 'handle'> & { invoked: unknown };
