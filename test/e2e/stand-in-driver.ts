import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { joinChromium } from '../host/chromium.ts';
import type { ControlCalls, ControlMessage } from '../host/control.ts';
import type { Application, Driver } from './application.ts';

const script = join(import.meta.dirname, '../host/run.ts');

function start(args: readonly string[], build?: string): { child: ChildProcess; exited: Promise<number | null> } {
  const env = build === undefined ? process.env : { ...process.env, TENANT_KEYRING_BUILD: build };
  const child = fork(script, [...args], { execArgv: [], env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return { child, exited: once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null)) };
}

/** Asks the stand-in, one numbered message for each call. */
function caller(child: ChildProcess, exited: Promise<number | null>) {
  const waiting = new Map<number, (message: ControlMessage) => void>();
  let last = 0;
  child.on('message', (message: ControlMessage) => {
    if (message.kind !== 'page') waiting.get(message.id)?.(message);
  });
  return async <C extends keyof ControlCalls>(call: C, ...args: Parameters<ControlCalls[C]>): Promise<ReturnType<ControlCalls[C]>> => {
    last += 1;
    const id = last;
    const answered = new Promise<ControlMessage>((resolve) => void waiting.set(id, resolve));
    child.send({ id, call, args });
    const message = await Promise.race([answered, exited.then(() => null)]);
    waiting.delete(id);
    if (message === null) throw new Error(`the application ended before it answered ${call}`);
    if (message.kind === 'refused') throw new Error(message.message);
    return (message.kind === 'answer' ? message.value : null) as ReturnType<ControlCalls[C]>;
  };
}

/** The same bundles on Node, shown by an installed Chromium. */
export const standInDriver: Driver = {
  name: 'the stand-in for Electron, in Chromium',
  run: (args) => start(args).exited,
  start: async (args, directory, build): Promise<Application> => {
    const { child, exited } = start(args, build);
    const call = caller(child, exited);
    const endpoint = await Promise.race([
      new Promise<string>(
        (resolve) => void child.on('message', (message: ControlMessage) => message.kind === 'page' && resolve(message.endpoint)),
      ),
      exited.then((code) => Promise.reject(new Error(`the application ended with ${code} before it showed a page`))),
    ]);
    const browser = await joinChromium(endpoint);
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('no page');
    return {
      driver: standInDriver.name,
      page,
      directory,
      title: () => call('title'),
      answer: (kind, ...answers) => call('answer', kind, answers),
      recorded: () => call('recorded'),
      menu: () => call('menu'),
      clickMenu: (id) => call('clickMenu', id),
      clickNotification: (index) => call('clickNotification', index),
      setSystemTheme: (dark) => call('setSystemTheme', dark),
      shortenWaits: () => call('shortenWaits'),
      setDownloadsFolder: (folder) => call('setDownloadsFolder', folder),
      crash: (message) => call('crash', message),
      endSession: async () => {
        await call('endSession');
        return exited;
      },
      close: async () => {
        if (child.exitCode === null) await call('closeWindow').catch(() => undefined);
        return exited;
      },
    };
  },
};
