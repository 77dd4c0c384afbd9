import type { Clock } from '../clock.ts';
import type { PracticeKnobs, PracticeState, World } from './world.ts';

export interface WorldParts {
  readonly state: PracticeState;
  readonly knobs: PracticeKnobs;
  readonly clock: Clock;
  readonly chance: (name: string) => number;
  readonly newId: () => string;
  /** Called after every change. */
  readonly save: (state: PracticeState) => void;
}

/** The simulated world over one state, with the time and chance that it was given. */
export function createWorld({ state, knobs, clock, chance, newId, save }: WorldParts): World {
  return { state, knobs, now: () => clock.now(), chance, newId, changed: () => save(state) };
}
