import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../../main/clock.ts';
import type { Fetch } from '../../../main/http/index.ts';
import { followAuthorize, practiceFetch, startPractice, type PracticeOptions, type PracticeServer } from '../../../main/practice/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { connect, type ConnectRequest } from '../../../main/registration/verbs/connect.ts';
import type { Progress, Run } from '../../../main/registration/engine.ts';
import { openServices, type Services } from '../../../main/services.ts';
import { memoryKeychain, type MemoryKeychain } from '../../unit/vault/memory-keychain.ts';
import { useKeysAgain } from './made-keys.ts';

beforeEach(useKeysAgain);

/** Waits of the engine pass almost at once, but count in full: patience ends as it would in real time. */
export function hastyClock(): Clock {
  let ahead = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + ahead),
    sleep: async (ms, signal) => {
      const real = Math.min(ms, 20);
      await systemClock.sleep(real, signal);
      ahead += ms - real;
    },
  };
}

export interface Harness {
  readonly server: PracticeServer;
  readonly services: Services;
  readonly directory: string;
  readonly keychain: MemoryKeychain;
  readonly events: Progress[];
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
  const server = await startPractice({ port: 0, ...options, knobs: { replication: 0, ...options.knobs } });
  const keychain = memoryKeychain();
  const opened: Services[] = [];
  const open = async (clock = hastyClock(), transport?: Fetch) => {
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

/** The first tenant's simulated objects. */
export function tenantOf({ server }: Harness) {
  const [tenant] = server.world.state.tenants;
  if (tenant === undefined) throw new Error('no tenant');
  return tenant;
}
