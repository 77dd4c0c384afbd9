import type { Vite } from 'vitest/node';
import { ThreadsPoolWorker, type PoolOptions, type PoolWorker, type WorkerRequest } from 'vitest/node';

type Listener = (value: unknown) => void;

/** Mutants of one thread: each leaves a listener behind, and whatever it has done to what the modules remember. */
const most = 40;

let kept: { readonly thread: ThreadsPoolWorker; runs: number } | null = null;

/**
 * A thread that runs the tests of one mutant after the other: its modules are loaded once, and StrykerJS says which mutant is at
 * work. A mutant of what is computed when a module loads gets a thread of its own, and so does the run that says what covers what.
 */
class KeptWorker implements PoolWorker {
  readonly name = 'kept';
  readonly #thread: ThreadsPoolWorker;
  readonly #isNew: boolean;
  readonly #listeners: { readonly event: string; readonly listener: Listener }[] = [];

  constructor(options: PoolOptions) {
    const provided: { readonly mode?: unknown; readonly mutantActivation?: unknown } = options.project.getProvidedContext();
    const mayBeKept = provided.mode === 'mutant' && provided.mutantActivation === 'runtime';
    this.#isNew = !mayBeKept || kept === null;
    this.#thread = (mayBeKept ? kept?.thread : undefined) ?? new ThreadsPoolWorker(options);
    if (mayBeKept) kept = { thread: this.#thread, runs: (kept?.runs ?? 0) + 1 };
  }

  async start(): Promise<void> {
    if (this.#isNew) await this.#thread.start();
  }

  on(event: string, listener: Listener): void {
    this.#listeners.push({ event, listener });
    this.#thread.on(event, listener);
  }

  off(event: string, listener: Listener): void {
    this.#thread.off(event, listener);
  }

  send(message: WorkerRequest): void {
    // What is kept does not end; that is answered in its place.
    if (message.type !== 'stop' || !this.#isKept()) return this.#thread.send(message);
    const answer = { type: 'stopped', __vitest_worker_response__: true };
    for (const { event, listener } of this.#listeners) if (event === 'message') setImmediate(listener, answer);
  }

  async stop(): Promise<void> {
    for (const { event, listener } of this.#listeners) this.#thread.off(event, listener);
    if (this.#isKept()) return;
    if (kept?.thread === this.#thread) kept = null;
    await this.#thread.stop();
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #isKept(): boolean {
    return kept !== null && kept.thread === this.#thread && kept.runs < most;
  }
}

export const keptWorker: Vite.Plugin = {
  name: 'kept-worker',
  configureVitest: ({ project }) => {
    project.config.pool = 'kept';
    project.config.poolRunner = { name: 'kept', createPoolWorker: (options) => new KeptWorker(options) };
  },
};
