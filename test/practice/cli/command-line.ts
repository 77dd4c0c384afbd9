import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runCommandLine } from '../../../main/cli/run.ts';
import { createNodeFetch } from '../../../main/http/index.ts';
import type { RunProgram } from '../../../main/windows/index.ts';
import { isWindows } from '../../system.ts';
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
  /** Called once, with what ends the process. */
  readonly onStart?: (stop: (signal: NodeJS.Signals) => void) => void;
}

/** No home, no D-Bus, no language: nothing of the computer that runs the tests. */
const environment = {
  HOME: '/nonexistent',
  LANG: 'C',
  // Without these Windows' Node finds neither sockets nor a place for temporary files.
  ...(isWindows ? { SystemRoot: process.env['SystemRoot'] ?? '', TEMP: tmpdir(), LOCALAPPDATA: join(tmpdir(), 'nobody’s') } : {}),
};

/** The command line as a process of its own, without a terminal. */
export function run(args: readonly string[], { env = {}, input = '', onStderr, onStart }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const cache = join(tmpdir(), 'tenant-keyring-test-compiled'); // Node's own, so that every start after the first is quick
    const child = spawn(process.execPath, ['main/cli/index.ts', ...args], {
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, ...environment, ...env },
    });
    let stdout = '';
    let stderr = '';
    let stopped = false;
    // A second Ctrl+C ends the process at once; here it is pressed once.
    const stop = (signal: NodeJS.Signals) => {
      if (!stopped) child.kill(signal);
      stopped = true;
    };
    onStart?.(stop);
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      onStderr?.(stderr, stop);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

export interface InsideOptions extends Omit<RunOptions, 'onStderr' | 'onStart'> {
  /** What a person at a terminal answers, one question after the other; without it there is no terminal. */
  readonly answers?: readonly string[];
  readonly onStderr?: (text: string, stop: () => void) => void;
  readonly platform?: NodeJS.Platform;
  /** False as in the installed program on Windows; default true. */
  readonly hasInput?: boolean;
  /** Milliseconds after which Ctrl+C is pressed. */
  readonly stopAfter?: number;
  /** When it resolves, Ctrl+C is pressed. */
  readonly stopWhen?: Promise<void>;
  /** Stands for the programs of the operating system; without it none can be started. */
  readonly runProgram?: RunProgram;
}

/** The registry of a Windows on which nothing is prescribed; every other program is refused. */
const withoutPolicies: RunProgram = ({ file, args }) => {
  if (!file.endsWith('reg.exe')) return Promise.reject(new Error(`not started in a test: ${file}`));
  const [, key = ''] = args;
  return Promise.resolve({ code: key.startsWith('HKLM') ? 0 : 1, output: '' });
};

/** The same without the time a process takes to start: everything but `index.ts` and `io.ts`. */
export async function inside(
  args: readonly string[],
  {
    env = {},
    input = '',
    answers,
    onStderr,
    platform = process.platform,
    hasInput = true,
    stopAfter,
    stopWhen,
    runProgram,
  }: InsideOptions = {},
): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const stopped = new AbortController();
  if (stopAfter !== undefined) setTimeout(() => stopped.abort(), stopAfter);
  void stopWhen?.then(() => stopped.abort());
  const open = [...(answers ?? [])];
  const err = (text: string) => {
    stderr += text;
    onStderr?.(stderr, () => stopped.abort());
  };
  const ask = (question: string) => {
    err(question);
    const answer = open.shift();
    return answer === undefined ? Promise.reject(new Error(`nobody answers: ${question}`)) : Promise.resolve(answer);
  };
  const code = await runCommandLine(args, {
    env: { ...environment, ...env },
    platform,
    interactive: answers !== undefined,
    signal: stopped.signal,
    out: (text) => (stdout += text),
    err,
    live: (line) => err(`${line}\n`),
    ask,
    askHidden: ask,
    hasInput,
    readInput: () => Promise.resolve(input),
    fetch: createNodeFetch(),
    self: ['C:\\Program Files\\Tenant Keyring\\Tenant Keyring.exe', 'cli'],
    runProgram: runProgram ?? withoutPolicies,
  });
  return { code, stdout, stderr };
}

export type Document = Record<string, unknown>;

export interface Workplace {
  readonly server: PracticeServer;
  /** A folder of its own for files of the tests. */
  readonly folder: string;
  /** Data directories are named, so that tests do not meet. */
  readonly cli: (data: string, ...args: string[]) => Promise<Ended>;
  /** With `--json`; what came on standard output, as one document. */
  readonly json: (data: string, ...args: string[]) => Promise<Ended & { readonly document: Document }>;
  /** Arguments that lead a command to the practice tenant and a data directory. */
  readonly at: (data: string) => string[];
  readonly data: (name: string) => string;
  /** The account of the first tenant with this role. */
  readonly account: (role: string) => string;
  readonly applications: () => PracticeServer['world']['state']['tenants'][number]['applications'];
  /** Everything simulated, to be compared later. */
  readonly state: () => string;
}

function workplaceAt(server: PracticeServer, folder: string): Workplace {
  const data = (name: string) => join(folder, name);
  const at = (name: string) => ['--practice', server.origin, '--data-dir', data(name)];
  return {
    server,
    folder,
    data,
    at,
    cli: (name, ...args) => inside([...args, ...at(name)]),
    json: async (name, ...args) => {
      const ended = await inside([...args, '--json', ...at(name)]);
      return { ...ended, document: JSON.parse(ended.stdout) };
    },
    account: (role) => {
      const found = server.describe().tenants[0]?.accounts.find((each) => each.role === role);
      if (found === undefined) throw new Error(`no account with the role ${role}`);
      return found.upn;
    },
    applications: () => server.world.state.tenants[0]?.applications ?? [],
    state: () => JSON.stringify(server.world.state),
  };
}

/** One practice tenant for all tests of a file. */
export function workplace(options: PracticeOptions = {}): () => Workplace {
  let place: Workplace | undefined;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-cli-'));
    const server = await startPractice({ port: 0, ...options, knobs: { replication: 0, updates: 0, ...options.knobs } });
    place = workplaceAt(server, folder);
  });
  afterAll(async () => {
    await place?.server.close();
    if (place !== undefined) rmSync(place.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });
  return () => {
    if (place === undefined) throw new Error('used before beforeAll');
    return place;
  };
}

/** Options of a connect that takes little time: a small key is made sooner; the server’s certificate brings its own. The application is called as the credential, so that it can be found. */
export const connectArgs = (name: string, ...more: string[]) => [
  'connect',
  '--name',
  name,
  '--fqdn',
  'mailstore.example.com',
  ...(more.includes('--app-name') ? [] : ['--app-name', name]),
  ...(more.includes('--certificate') ? [] : ['--key-size', '2048']),
  '--yes',
  ...more,
];

export interface ConnectedCredential {
  readonly id: string;
  readonly clientId: string;
  readonly certificate: { readonly thumbprint: string; readonly thumbprintSha256: string };
}

/** A credential for the tests of one verb, each in a data directory of its own. */
export async function connectedAt(place: Workplace, name: string, ...more: string[]): Promise<ConnectedCredential> {
  const { document } = await place.json(name, ...connectArgs(name, ...more));
  return document['credential'] as ConnectedCredential;
}
