import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../main/clock.ts';

/**
 * The time of one campaign, told by a file that all its processes share: it goes on where somebody waits, and by the days that
 * the campaign lets pass. The length of the file is the seconds that it is ahead of this computer's clock, so it never goes back
 * and two processes can move it at once.
 */
export interface WorldClock extends Clock {
  readonly pass: (days: number) => void;
}

const RealDate = globalThis.Date;

const lengthOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Milliseconds that a wait takes in reality, so that others get their turn. */
const moment = 2;

export function worldClock(folder: string): WorldClock {
  const path = join(folder, 'seconds-ahead');
  writeFileSync(path, '', { flag: 'a' });
  return {
    now: () => new RealDate(RealDate.now() + lengthOf(path) * 1000),
    sleep: async (ms, signal) => {
      await delay(Math.min(ms, moment), undefined, signal ? { signal } : {});
      if (ms > moment) appendFileSync(path, Buffer.alloc(Math.ceil(ms / 1000)));
    },
    pass: (days) => truncateSync(path, lengthOf(path) + Math.round(days * 86_400)),
  };
}

const shiftFile = (folder: string, computer: string): string => join(folder, `${computer}-is-ahead`);

/** Sets the clock of one computer, for all that runs there; milliseconds ahead of the world. */
export function setComputerClock(folder: string, computer: string, ms: number): void {
  writeFileSync(shiftFile(folder, computer), String(ms));
}

/** The clock of one computer, as right or wrong as it was set. */
export function computerClock(folder: string, computer: string): Clock {
  const world = worldClock(folder);
  const path = shiftFile(folder, computer);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) setComputerClock(folder, computer, 0);
  return { ...world, now: () => new RealDate(world.now().getTime() + Number(readFileSync(path, 'utf8'))) };
}

/**
 * From now on this process has the time of day by this clock; null: its own again. What asks for the time without being given a
 * clock (MSAL) asks `Date`.
 */
export function liveBy(clock: Clock | null): void {
  if (clock === null) {
    globalThis.Date = RealDate;
    return;
  }
  const now = () => clock.now().getTime();
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
