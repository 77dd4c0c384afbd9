import { Fault } from '../faults.ts';

/** How one wait for a person ends before the person is done: by the time limit or by the caller's signal. */
export interface Ending {
  readonly signal: AbortSignal;
  /** The fault that ended it; null while it may go on. */
  fault(): Fault | null;
  /** Rejects with the fault as soon as it is ended. */
  readonly ended: Promise<never>;
  release(): void;
}

/** `timeoutMs` in milliseconds. A signal aborted with a fault as reason ends with that fault, else with sign-in.cancelled. */
export function createEnding(timeoutMs: number, signal: AbortSignal | undefined): Ending {
  const controller = new AbortController();
  let fault: Fault | null = null;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {}); // nobody may be waiting for it
  const end = (why: Fault) => {
    if (fault !== null) return;
    fault = why;
    controller.abort(why);
    reject(why);
  };
  const cancel = () => end(signal?.reason instanceof Fault ? signal.reason : new Fault('sign-in.cancelled'));
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(
    () => end(new Fault('sign-in.timed-out', { params: { minutes: Math.max(1, Math.round(timeoutMs / 60_000)) } })),
    timeoutMs,
  );
  return {
    signal: controller.signal,
    fault: () => fault,
    ended,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

export function throwIfEnded(ending: Ending): void {
  const fault = ending.fault();
  if (fault === null) return;
  ending.release();
  throw fault;
}
