/** A menu key, as the page has to compare it. */
export interface Key {
  readonly id: string;
  readonly key: string;
  readonly control: boolean;
}

/** What a page says to the process that shows it: `invoke` of a request, `next` message please, a menu key. */
export type HostCall = (kind: 'invoke' | 'next' | 'keys' | 'menu', ...args: readonly unknown[]) => Promise<unknown>;

export type Preload = (require: (name: string) => unknown) => void;

/**
 * Runs in the page before its own scripts: the realm of the preload script. Must not refer to anything outside itself,
 * because its source text is what travels. Electron gives the preload script a JavaScript world of its own; here it
 * shares the page's, but everything it holds stays in closures and what it exposes is copied and frozen as there.
 */
export function installPreload(binding: string, preload: Preload): void {
  const call = Reflect.get(window, binding) as HostCall | undefined;
  Reflect.deleteProperty(window, binding);
  // Electron runs preload scripts in the top frame alone.
  if (call === undefined || window !== window.top) return;

  const listeners = new Map<string, Set<(event: unknown, ...args: unknown[]) => void>>();
  const across = (value: unknown): unknown => {
    if (typeof value === 'function')
      return Object.freeze((...args: unknown[]) => across(Reflect.apply(value, undefined, args.map(across))));
    if (value instanceof Promise) return value.then(across);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    if (entries.some(([, part]) => typeof part === 'function'))
      return Object.freeze(Object.fromEntries(entries.map(([name, part]) => [name, across(part)])));
    return structuredClone(value);
  };

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) =>
        void Object.defineProperty(window, name, { value: across(api), enumerable: true, writable: false, configurable: false }),
    },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) => call('invoke', channel, ...args.map((each) => structuredClone(each))),
      on: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
        const known = listeners.get(channel) ?? new Set();
        listeners.set(channel, known.add(listener));
      },
      off: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => void listeners.get(channel)?.delete(listener),
    },
  };

  /** Messages of the main process, one answer of the host at a time. */
  async function receive(): Promise<void> {
    for (;;) {
      const messages = (await call?.('next')) as readonly (readonly [channel: string, args: readonly unknown[]])[];
      for (const [channel, args] of messages) for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    }
  }
  void receive().catch(() => undefined); // the window is closing

  let menuKeys: readonly Key[] = [];
  const takeKeys = (_: unknown, keys: unknown) => {
    menuKeys = keys as readonly Key[];
  };
  listeners.set('host:keys', new Set([takeKeys]));
  /** Electron gives a key to the page first, and to the menu when the page lets it pass. */
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return;
    const taken = menuKeys.find(({ key, control }) => key === event.key.toLowerCase() && control === event.ctrlKey);
    if (taken === undefined) return;
    event.preventDefault();
    void call('menu', taken.id);
  });
  void call('keys');

  preload((name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`); // a sandboxed preload script has no others
    return electron;
  });
}
