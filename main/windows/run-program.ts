import { spawn } from 'node:child_process';
import { oemText } from './oem-text.ts';

/** A program of Windows and how it is called: never through a shell, so nothing in an argument is read as a command. */
export interface Program {
  /** Full path. */
  readonly file: string;
  readonly args: readonly string[];
  /** Written to its standard input, which is closed then. */
  readonly input?: string;
  /** It asks the person something itself, and gets the terminal for it. */
  readonly asks?: boolean;
}

export interface ProgramEnded {
  /** Null when it was stopped. */
  readonly code: number | null;
  /** Standard output and standard error; empty for a program that asks. */
  readonly output: string;
}

/** Rejects where the program cannot be started. */
export type RunProgram = (program: Program) => Promise<ProgramEnded>;

/** Milliseconds after which a program that asks nobody is stopped. */
const backoff = 120_000;

export const runProgram: RunProgram = ({ file, args, input = '', asks = false }) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      shell: false,
      windowsHide: true,
      stdio: asks ? 'inherit' : 'pipe',
      ...(asks ? {} : { timeout: backoff }),
    });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => output.push(data));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: oemText(Buffer.concat(output)).trim() }));
    // It may end without reading.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });

/** A program in the system folder: by its path, because the search path may lead elsewhere. */
export function systemProgram(env: Readonly<Record<string, string | undefined>>, path: string): string {
  return `${env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\${path}`;
}
