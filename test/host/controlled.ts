import type { ControlMessage, Recorded, ShownDialog } from './control.ts';
import { hasDisplay } from './display.ts';
import type { Surroundings } from './surroundings.ts';

export interface Controlled {
  readonly surroundings: Surroundings;
  answer(kind: 'save' | 'open' | 'message', answers: readonly (string | number | null)[]): void;
  /** The one that was shown as this, counted from 0. */
  clickNotification(index: number): void;
  recorded(): Omit<Recorded, 'focused'>;
}

export function tell(message: ControlMessage): void {
  process.send?.(message);
}

/** Surroundings that a test answers and reads afterwards. */
export function controlledSurroundings(): Controlled {
  const waiting = {
    save: [] as (string | number | null)[],
    open: [] as (string | number | null)[],
    message: [] as (string | number | null)[],
  };
  const dialogs: ShownDialog[] = [];
  const opened: string[] = [];
  const notifications: { title: string; body: string }[] = [];
  const clicks: (() => void)[] = [];
  let clipboard: string | null = null;
  let relaunched = false;
  const show = (kind: ShownDialog['kind'], part: Partial<ShownDialog>) =>
    void dialogs.push({ kind, title: '', message: '', detail: '', defaultPath: '', buttons: [], ...part });
  const path = (answer: string | number | null | undefined) => (typeof answer === 'string' ? answer : null);
  return {
    clickNotification: (index) => clicks[index]?.(),
    answer: (kind, answers) => void waiting[kind].push(...answers),
    recorded: () => ({ dialogs, opened, notifications, clipboard, relaunched }),
    surroundings: {
      headless: !hasDisplay(),
      saveFile: ({ title = '', defaultPath = '' }) => {
        show('save', { title, defaultPath });
        return Promise.resolve(path(waiting.save.shift()));
      },
      openFile: ({ title = '' }) => {
        show('open', { title });
        return Promise.resolve(path(waiting.open.shift()));
      },
      messageBox: ({ title = '', message, detail = '', buttons = ['OK'], cancelId = 0 }) => {
        show('message', { title, message, detail, buttons });
        const answer = waiting.message.shift();
        return Promise.resolve(typeof answer === 'number' ? answer : cancelId);
      },
      errorBox: (title, message) => {
        show('error', { title, message });
        process.stderr.write(`${title}: ${message}\n`);
      },
      openExternal: (address) => Promise.resolve(void opened.push(address)),
      openPath: (folder) => Promise.resolve(void opened.push(folder)),
      copy: (text) => {
        clipboard = text;
        return Promise.resolve();
      },
      copied: () => Promise.resolve(clipboard ?? ''),
      notify: (title, body, click) => {
        notifications.push({ title, body });
        clicks.push(click);
      },
      pageOpened: (endpoint) => tell({ kind: 'page', endpoint }),
      relaunch: () => {
        relaunched = true;
      },
    },
  };
}
