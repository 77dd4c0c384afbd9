import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Starts a program of this benchmark in a process of its own, so that what it does counts for itself alone.
 *
 * @param program file name below `programs`
 * @param input becomes the program's only argument, as JSON
 */
export function startProgram(program: string, input: unknown): ChildProcess {
  return fork(join(import.meta.dirname, 'programs', program), [JSON.stringify(input)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** The next message of a program. @throws Error when it ends without one */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const early = once(child, 'exit', { signal: ended.signal }).then(([code, signal]) => {
    throw new Error(`${child.spawnargs.at(-2) ?? 'program'} ended with ${String(code ?? signal)} before it said anything`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), early]);
    return message as T;
  } finally {
    ended.abort();
    early.catch(() => undefined);
  }
}

/** Runs a program that answers once and ends. */
export async function runProgram<T>(program: string, input: unknown): Promise<T> {
  const child = startProgram(program, input);
  const exit = once(child, 'exit');
  const answer = await nextMessage<T>(child);
  await exit;
  return answer;
}

/** In a program: what it was given. */
export const programInput = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** In a program: says something to the process that started it. */
export async function say(message: unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
