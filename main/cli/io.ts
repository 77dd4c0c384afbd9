import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createNodeFetch, type Fetch } from '../http/index.ts';
import { runProgram, type RunProgram } from '../windows/index.ts';
import { createTerminal } from './terminal.ts';

/** What the command line may touch of its process. */
export interface CommandLineIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** True when a person sits at both ends: progress may redraw, questions may be asked. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Shows what has to be read where standard error leads nowhere; absent where it does not. */
  readonly showApart?: (text: string) => void;
  /** One line about what is under way: the next output takes its place on a terminal, elsewhere it is a line like any other. */
  readonly live: (line: string) => void;
  /** One line typed by the person, empty when they only closed the input; rejects when aborted. */
  readonly ask: (question: string) => Promise<string>;
  /** The same for what nobody else is to read: it is not shown while it is typed. */
  readonly askHidden: (question: string) => Promise<string>;
  /** False inside Electron on Windows: a program with windows has no standard input there, it ends at once. */
  readonly hasInput: boolean;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** HTTP of the host: Electron's or Node's. */
  readonly fetch: Fetch;
  /** How this command line is started again: the program's full path, and what stands before the verb. */
  readonly self: readonly [string, ...string[]];
  /** Starts a program of the operating system, without a shell. */
  readonly runProgram: RunProgram;
}

/** Ctrl+C, `kill`, and the closed terminal; Windows knows the last as SIGHUP and Ctrl+Break as SIGBREAK. */
const stops = ['SIGINT', 'SIGTERM', 'SIGHUP', ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : [])] as const;

/** Whoever reads us may stop reading (`| head`); the work is carried on all the same. */
function outliveReader(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Takes what the prompt would show of a password. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

export interface ProcessIoOptions {
  /** Default: Node and its script. */
  readonly self?: readonly [string, ...string[]];
  /** Default: Node's. */
  readonly fetch?: Fetch;
  /** Where standard error leads nowhere. */
  readonly showApart?: (text: string) => void;
}

/** The real process. Ctrl+C aborts `signal`: the running operation ends in a state that the same command completes. */
export function processIo({
  self = [process.execPath, ...process.argv.slice(1, 2)],
  fetch = createNodeFetch(),
  showApart,
}: ProcessIoOptions = {}): CommandLineIo {
  const interrupted = new AbortController();
  const { signal } = interrupted;
  for (const stop of stops) process.once(stop, () => interrupted.abort());
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) outliveReader(stream);
  const interactive = stdin.isTTY && stderr.isTTY;
  const terminal = createTerminal({ write: (line) => void stderr.write(line), columns: () => (stderr.isTTY ? stderr.columns : null) });
  const askAt = async (output: NodeJS.WritableStream, question: string): Promise<string> => {
    terminal.clear();
    const prompt = createInterface({ input: stdin, output, terminal: stdin.isTTY });
    // While it asks, the prompt takes Ctrl+C itself and says it; Ctrl+D closes it without an answer.
    prompt.once('SIGINT', () => interrupted.abort());
    const closed = new AbortController();
    prompt.once('close', () => closed.abort());
    try {
      return await prompt.question(question, { signal: AbortSignal.any([signal, closed.signal]) });
    } catch (error) {
      if (signal.aborted) throw error;
      return '';
    } finally {
      prompt.close();
    }
  };
  return {
    env: process.env,
    platform: process.platform,
    interactive,
    signal,
    out: (line) => {
      terminal.clear();
      stdout.write(line);
    },
    err: terminal.print,
    ...(showApart === undefined ? {} : { showApart }),
    live: terminal.live,
    ask: (question) => askAt(stderr, question),
    askHidden: async (question) => {
      terminal.clear();
      stderr.write(question);
      try {
        return await askAt(nowhere(), '');
      } finally {
        stderr.write('\n');
      }
    },
    hasInput: process.platform !== 'win32' || !('electron' in process.versions),
    readInput: () => text(stdin),
    fetch,
    self,
    runProgram,
  };
}
