import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Surroundings } from './surroundings.ts';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
};

/** Opens an address or a folder with the system's own program for it. */
function openWithSystem(target: string): Promise<void> {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, target], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log(`Open this by hand: ${target}`));
  child.unref();
  return Promise.resolve();
}

async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(question)).trim();
  } finally {
    prompt.close();
  }
}

/** Surroundings of a person: Node has no dialogs of its own, so the terminal that started the window asks. */
export function terminalSurroundings(copy: (text: string) => Promise<void>): Surroundings {
  let last = '';
  return {
    headless: false,
    saveFile: async ({ title = '', defaultPath = '' }) => {
      const suggested = join(homedir(), defaultPath);
      const typed = await ask(`${title}: file to write, - for none [${suggested}] `);
      if (typed === '-') return null;
      return typed === '' ? suggested : resolve(typed);
    },
    openFile: async ({ title = '' }) => {
      const typed = await ask(`${title}: file to open, empty for none: `);
      return typed === '' ? null : resolve(typed);
    },
    messageBox: async ({ message, detail = '', buttons = ['OK'], cancelId = 0 }) => {
      console.log(`\n${message}\n${detail}`);
      if (buttons.length < 2) return 0;
      const typed = Number(await ask(`${buttons.map((label, index) => `${index + 1} ${label}`).join('   ')} `));
      return Number.isInteger(typed) && typed >= 1 && typed <= buttons.length ? typed - 1 : cancelId;
    },
    errorBox: (title, content) => console.error(`${title}\n${content}`),
    openExternal: openWithSystem,
    openPath: openWithSystem,
    copy: (text) => {
      last = text;
      return copy(text);
    },
    copied: () => Promise.resolve(last),
    notify: (title, body) => console.log(`${title}: ${body}`),
    pageOpened: () => undefined,
    relaunch: () => console.log('Start it again with npm start.'),
  };
}
