import type { PracticeRequest } from './world.ts';

/** What can go wrong between a client and the service; the `after-write` and `drop-after` kinds let the request take effect first. */
export const faultKinds = [
  'status:429',
  'status:503',
  'status:504',
  '503-after-write',
  '504-after-write',
  'drop-before',
  'drop-after-write',
  'slow',
  '401-challenge',
] as const;
export type PracticeFaultKind = (typeof faultKinds)[number];

/** The n-th request from now (1 = the next one), or the first one that fits. */
export type PracticeFaultSelector = number | ((request: PracticeRequest) => boolean);

export interface PracticeFaultOptions {
  /** How many fitting requests in a row it befalls; default 1. */
  readonly times?: number;
  /** `slow`: milliseconds; default 2000. */
  readonly ms?: number;
  /** `status:*`: seconds of `Retry-After`; default 1 for 429, none for the others. Null: none, as some services answer 429. */
  readonly retryAfter?: number | null;
}

/** What can befall one item of a batch. */
export type PracticeItemFaultKind = Extract<PracticeFaultKind, `status:${string}`>;

export interface PlannedFault extends PracticeFaultOptions {
  readonly kind: PracticeFaultKind;
}

interface Entry extends PlannedFault {
  readonly selector: PracticeFaultSelector;
  seen: number;
  left: number;
}

/** A programme of faults, for tests: each befalls exactly the requests it names. */
export class FaultPlan {
  readonly #entries: Entry[] = [];

  on(selector: PracticeFaultSelector, kind: PracticeFaultKind, options: PracticeFaultOptions = {}): void {
    this.#entries.push({ ...options, selector, kind, seen: 0, left: options.times ?? 1 });
  }

  /** To be asked once per request. The first entry that fits wins; the others still count the request. */
  next(request: PracticeRequest): PlannedFault | null {
    let chosen: Entry | null = null;
    for (const entry of this.#entries) {
      entry.seen += 1;
      const fits = typeof entry.selector === 'number' ? entry.seen >= entry.selector : entry.selector(request);
      if (!fits || entry.left === 0 || chosen !== null) continue;
      entry.left -= 1;
      chosen = entry;
    }
    return chosen;
  }
}
