import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';

/** What the command line may touch of its process. */
export interface CommandLineIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** True when a person sits at both ends: progress may redraw, questions may be asked. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** One line typed by the person; rejects when aborted. */
  readonly ask: (question: string) => Promise<string>;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
}

/** The real process. Ctrl+C aborts `signal`: the running operation ends in a state that the same command completes. */
export function processIo(): CommandLineIo {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const { signal } = interrupted;
  return {
    env: process.env,
    platform: process.platform,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    signal,
    out: (line) => void process.stdout.write(line),
    err: (line) => void process.stderr.write(line),
    ask: async (question) => {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await prompt.question(question, { signal });
      } finally {
        prompt.close();
      }
    },
    readInput: () => text(process.stdin),
  };
}
