import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, onTestFinished, vi } from 'vitest';
import { systemClock, type Clock } from '../../../main/clock.ts';
import type { Fetch } from '../../../main/http/index.ts';
import {
  followAuthorize,
  practiceFetch,
  startPractice,
  type PracticeKnobs,
  type PracticeOptions,
  type PracticeServer,
} from '../../../main/practice/index.ts';
import { randomStream } from '../../../main/practice/random.ts';
import { profileById } from '../../../main/servers/index.ts';
import { connect, type ConnectRequest } from '../../../main/registration/verbs/connect.ts';
import type { Progress, Run } from '../../../main/registration/engine.ts';
import { openServices, type Services } from '../../../main/services/index.ts';
import { memoryKeychain, type MemoryKeychain } from '../../unit/vault/memory-keychain.ts';
import { useKeysAgain } from './made-keys.ts';

beforeEach(useKeysAgain);

/** A clock on which waiting takes no time, and counts in full: patience ends, and replication goes on, as in real time. */
export interface HastyClock extends Clock {
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => void;
}

/**
 * From now until the test ends time passes only where somebody waits for it, however busy the computer is: for the engine, for
 * the practice tenant, and for MSAL, which asks nobody but the system.
 */
function hastyClock(): HastyClock {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 1000) * 1000 });
  onTestFinished(() => void vi.useRealTimers());
  const pass = (ms: number) => void vi.setSystemTime(Date.now() + ms);
  return {
    now: () => new Date(),
    sleep: async (ms, signal) => {
      await systemClock.sleep(Math.min(ms, 1), signal);
      pass(ms);
    },
    pass,
  };
}

/** The lengths of the engine's pauses are by chance too: here by the seed, like everything else, so that each run is as the one before. */
function drawFrom(seed: number): void {
  const random = vi.spyOn(Math, 'random').mockImplementation(randomStream(seed ^ 0x7061_7573));
  onTestFinished(() => random.mockRestore());
}

/**
 * Microsoft on a usual day, and slower than a test is: a new object is not known for a while, and after an update nothing of
 * it is seen for ten seconds, and then now this and now that for ten more.
 */
const unkind: Partial<PracticeKnobs> = { replication: 5000, updates: 20_000 };

/** Microsoft on a good day: everything is known everywhere at once. For what counts requests, or times them. */
export const kindly: Partial<PracticeKnobs> = { replication: 0, updates: 0 };

export interface Harness {
  readonly server: PracticeServer;
  readonly services: Services;
  readonly directory: string;
  readonly keychain: MemoryKeychain;
  readonly events: Progress[];
  /** That of the practice tenant, and of everybody who opens the store without a clock of their own. */
  readonly clock: HastyClock;
  /** Another window or command line over the same data directory; `transport` stands between it and the practice tenant. */
  open(clock?: Clock, transport?: Fetch): Promise<Services>;
  run(account?: string, options?: Partial<Run>): Run;
  /** The account of the first tenant with this role. */
  account(role: string): string;
  connect(request?: Partial<ConnectRequest>, run?: Run): ReturnType<typeof connect>;
}

export const defaults: ConnectRequest = {
  name: 'Contoso archive',
  appName: 'MailStore Server',
  cloud: 'global',
  redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
  server: null,
  profile: profileById('mailstore-guide'),
  custody: 'keyring',
  certificate: null,
  keySize: 2048,
  lifetime: { months: 15 },
  clientId: null,
  planOnly: false,
};

/** A practice tenant, a data directory and a keychain, all gone when the test ends. */
export async function harness(options: Partial<PracticeOptions> = {}): Promise<Harness> {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-test-'));
  const worldClock = hastyClock();
  drawFrom(options.knobs?.seed ?? 1);
  const server = await startPractice({ port: 0, clock: worldClock, ...options, knobs: { ...unkind, ...options.knobs } });
  const keychain = memoryKeychain();
  const opened: Services[] = [];
  const open = async (clock: Clock = worldClock, transport?: Fetch) => {
    const services = await openServices({
      program: 'command line',
      language: 'en',
      env: {},
      policies: {},
      platform: 'linux',
      // A network of its own stands for the real one: the same simulated services, and the same data.
      ...(transport === undefined
        ? { dataDir: directory, practice: { url: server.origin, account: null }, fetch }
        : { dataDir: join(directory, 'practice'), practice: null, fetch: practiceFetch(server.origin, transport) }),
      openBrowser: () => Promise.reject(new Error('no browser in practice')),
      clock,
      keychain,
    });
    opened.push(services);
    return services;
  };
  onTestFinished(async () => {
    for (const services of opened) await services.close();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const services = await open();
  const events: Progress[] = [];
  const run = (account?: string, more: Partial<Run> = {}): Run => ({
    onProgress: (event) => void events.push(event),
    confirm: () => Promise.resolve(true),
    openBrowser: (address) => followAuthorize(address, { account: account ?? null, fetch: practiceFetch(server.origin) }),
    accepted: [],
    ...more,
  });
  return {
    server,
    services,
    directory,
    keychain,
    events,
    clock: worldClock,
    open,
    run,
    account: (role) => {
      const found = server.describe().tenants[0]?.accounts.find((each) => each.role === role);
      if (found === undefined) throw new Error(`no account with the role ${role}`);
      return found.upn;
    },
    connect: (request = {}, how = run()) => connect(services.engine, { ...defaults, ...request }, how),
  };
}

/** The first tenant's simulated objects as they were written, whoever knows of it by now. */
export function writtenIn({ server }: Harness) {
  const [tenant] = server.world.state.tenants;
  if (tenant === undefined) throw new Error('no tenant');
  return tenant;
}

/** The first tenant's simulated objects, once everything that was written is known everywhere: what a test changes in them shows at once. */
export function tenantOf(here: Harness) {
  const { replication, updates } = here.server.world.knobs;
  here.clock.pass(Math.max(replication, updates));
  return writtenIn(here);
}
