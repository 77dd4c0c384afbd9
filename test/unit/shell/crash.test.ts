import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog, type Log } from '../../../main/log/index.ts';
import { createTexts } from '../../../main/texts/index.ts';

interface Box {
  readonly message: string;
  readonly buttons: readonly string[];
}

const electron = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { quit: () => void; relaunch: (options?: object) => void },
  boxes: [] as Box[],
  answers: [] as number[],
}));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  clipboard: {},
  dialog: {
    showMessageBox: (box: Box) => {
      electron.boxes.push(box);
      const response = electron.answers.shift();
      // Nobody answers: it stays open.
      return response === undefined ? new Promise(() => undefined) : Promise.resolve({ response });
    },
  },
}));
const { watchForCrashes } = await import('../../../main/shell/crash.ts');

const quit = vi.fn<() => void>();
const relaunch = vi.fn<(options?: object) => void>();
const warned: unknown[] = [];
const log: Log = { ...silentLog, warn: (event, fields) => void warned.push([event, fields]) };
const texts = createTexts('en');
let now = 0;

beforeEach(() => {
  electron.app = Object.assign(new EventEmitter(), { quit, relaunch });
  for (const list of [electron.boxes, electron.answers, warned]) list.length = 0;
  quit.mockClear();
  relaunch.mockClear();
  now = 0;
  const before = process.listeners('uncaughtException').length;
  watchForCrashes({ texts: () => texts, log: () => log }, () => now);
  process
    .listeners('uncaughtException')
    .slice(before)
    .forEach((each) => process.off('uncaughtException', each));
});

/** A window whose process never starts: it is gone again as soon as it is loaded. */
function failingWindow(every: number): { readonly reloads: () => number } {
  let reloads = 0;
  const gone = () => {
    now += every;
    electron.app.emit('render-process-gone', {}, contents, { reason: 'launch-failed', exitCode: 18 });
  };
  const contents = {
    isDestroyed: () => false,
    reload: () => {
      reloads += 1;
      if (reloads < 50) gone();
    },
  };
  gone();
  return { reloads: () => reloads };
}

describe('a window whose process ends', () => {
  it('is loaded anew three times in a minute, then a dialog offers the report and the end', async () => {
    electron.answers.push(); // the first dialog stays open
    expect(failingWindow(1000).reloads()).toBe(3);
    expect(electron.boxes.map(({ message }) => message)).toEqual([texts.t('crash.message'), texts.t('crash.window-gone')]);
    expect(electron.boxes[1]?.buttons).toEqual([texts.t('crash.copy'), texts.t('crash.restart'), texts.t('crash.end')]);
  });

  it.each([
    [1, 'starts again', 1, 1],
    [2, 'ends', 0, 1],
  ])('answered with button %i, the program %s', async (button, _, relaunched, quits) => {
    electron.answers.push(2, button); // the first is closed at once
    failingWindow(1000);
    await vi.waitFor(() => expect(quit).toHaveBeenCalledTimes(quits));
    expect(relaunch).toHaveBeenCalledTimes(relaunched);
  });

  it('is loaded anew as often as it happens where that is seldom', () => {
    expect(failingWindow(30_000).reloads()).toBe(50);
  });
});

it('logs the end of Chromium’s own processes, without a dialog', () => {
  const details = { type: 'GPU', reason: 'crashed', exitCode: -1, serviceName: 'GPU' };
  electron.app.emit('child-process-gone', {}, { ...details, name: 'GPU' });
  electron.app.emit('child-process-gone', {}, { ...details, reason: 'clean-exit' });
  expect(warned).toEqual([['process.gone', details]]);
  expect(electron.boxes).toEqual([]);
});
