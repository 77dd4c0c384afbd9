import { randomUUID } from 'node:crypto';
import { failed, succeeded, type Envelope } from './answers.ts';

interface LongCall {
  readonly token: string;
  version: number;
  outcome: Envelope | null;
  log: string | null;
  readonly cancel: AbortController;
  /** Wakes those that wait for a newer version. */
  waiting: (() => void)[];
}

/** What the work of a long call may say and hear. */
export interface LongCallProgress {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Calls that the server answers later. Their tokens do not outlive a restart, which is our own choice. */
export class LongCalls {
  readonly #calls = new Map<string, LongCall>();

  /** Begins the work and answers at once. */
  begin(work: (progress: LongCallProgress) => Promise<unknown>): Envelope {
    const call: LongCall = { token: randomUUID(), version: 1, outcome: null, log: null, cancel: new AbortController(), waiting: [] };
    this.#calls.set(call.token, call);
    const changed = () => {
      call.version += 1;
      for (const wake of call.waiting.splice(0)) wake();
    };
    const log = (line: string) => {
      call.log = call.log === null ? line : `${call.log}\r\n${line}`;
      changed();
    };
    const settle = (outcome: Envelope) => {
      call.outcome = call.cancel.signal.aborted ? { ...outcome, error: null, statusCode: 'cancelled', result: null } : outcome;
      changed();
    };
    void work({ signal: call.cancel.signal, log }).then(
      (result) => settle({ ...succeeded(result), percentProgress: 100 }),
      (error: unknown) => settle(failed(error instanceof Error ? error.message : String(error))),
    );
    return this.#state(call);
  }

  #state(call: LongCall): Envelope {
    const running = { ...succeeded(null), statusCode: 'running' };
    return { ...(call.outcome ?? running), token: call.token, statusVersion: call.version, logOutput: call.log };
  }

  /**
   * Answers at once where something is newer than what the caller knows, else when something is, or after the time it gave.
   *
   * @returns null for a token that is not known: HTTP 404 (PS)
   */
  async status(token: string, lastKnown: number, timeout: number): Promise<Envelope | null> {
    const call = this.#calls.get(token);
    if (call === undefined) return null;
    if (call.version <= lastKnown && call.outcome === null)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeout);
        call.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    // A restart meanwhile forgot it.
    return this.#calls.has(token) ? this.#state(call) : null;
  }

  /** A request only: the caller goes on polling. @returns false for an unknown token */
  cancel(token: string): boolean {
    const call = this.#calls.get(token);
    call?.cancel.abort();
    return call !== undefined;
  }

  /** As after a restart of the service: nobody knows the tokens any more. */
  forget(): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { cancel, waiting } of calls) {
      cancel.abort();
      for (const wake of waiting.splice(0)) wake();
    }
  }
}
