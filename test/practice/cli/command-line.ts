import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startPractice, type PracticeOptions, type PracticeServer } from '../../../main/practice/index.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with what came on standard error so far. */
  readonly onStderr?: (text: string, stop: (signal: NodeJS.Signals) => void) => void;
}

/** The command line as a process of its own, without a terminal. */
export function run(args: readonly string[], { env = {}, input = '', onStderr }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['main/cli/index.ts', ...args], { env: { PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C', ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      onStderr?.(stderr, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

export interface Workplace {
  readonly server: PracticeServer;
  /** A folder of its own for files of the tests. */
  readonly folder: string;
  /** Data directories are named, so that tests do not meet. */
  readonly cli: (data: string, ...args: string[]) => Promise<Ended>;
  /** With `--json`; what came on standard output, as one document. */
  readonly json: (data: string, ...args: string[]) => Promise<Ended & { readonly document: Record<string, unknown> }>;
  /** Arguments that lead a command to the practice tenant and a data directory. */
  readonly at: (data: string) => string[];
}

/** One practice tenant for all tests of a file. */
export function workplace(options: PracticeOptions = {}): () => Workplace {
  let place: Workplace | undefined;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-cli-'));
    const server = await startPractice({ port: 0, ...options, knobs: { replication: 0, ...options.knobs } });
    const at = (data: string) => ['--practice', server.origin, '--data-dir', join(folder, data)];
    place = {
      server,
      folder,
      at,
      cli: (data, ...args) => run([...args, ...at(data)]),
      json: async (data, ...args) => {
        const ended = await run([...args, '--json', ...at(data)]);
        return { ...ended, document: JSON.parse(ended.stdout) };
      },
    };
  });
  afterAll(async () => {
    await place?.server.close();
    if (place !== undefined) rmSync(place.folder, { recursive: true, force: true });
  });
  return () => {
    if (place === undefined) throw new Error('used before beforeAll');
    return place;
  };
}

/** Options of a connect that takes little time. */
export const connectArgs = (name: string, ...more: string[]) => ['connect', '--name', name, '--fqdn', 'mailstore.example.com', '--key-size', '2048', '--yes', ...more];
