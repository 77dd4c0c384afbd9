import type { Channel, EventName, Input, Outcome, Output } from '../../preload/contract.ts';
import { request, subscribe } from './bridge.ts';

/** What was asked before the page stood that shows it. */
export interface AskedAhead<T> {
  /** Null while main has not answered. */
  readonly outcome: Outcome<T> | null;
  readonly answered: Promise<Outcome<T>>;
  /** Listens no longer. @returns whether something has changed since it was asked: it is to be asked anew */
  readonly leave: () => boolean;
}

/** A request that may be made before its page stands, while the page's texts are still being read. */
export interface Ahead<T> {
  readonly ask: () => void;
  /** @returns what was asked and nobody has taken yet: an answer is used once */
  readonly take: () => AskedAhead<T> | null;
}

/** @param events after which the answer is no longer true */
export function ahead<C extends Channel>(channel: C, input: Input<C>, events: readonly EventName[]): Ahead<Output<C>> {
  let asked: AskedAhead<Output<C>> | null = null;
  return {
    ask: () => {
      let outcome: Outcome<Output<C>> | null = null;
      let changed = false;
      const leavings = events.map((event) => subscribe(event, () => (changed = true)));
      const answer = async () => {
        outcome = await request(channel, input);
        return outcome;
      };
      asked = {
        get outcome() {
          return outcome;
        },
        answered: answer(),
        leave: () => {
          for (const leave of leavings) leave();
          return changed;
        },
      };
    },
    take: () => {
      const taken = asked;
      asked = null;
      return taken;
    },
  };
}
