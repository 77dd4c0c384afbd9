import { onTestFinished } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { startPractice, type PracticeFaultSelector, type PracticeOptions, type PracticeServer } from '../../main/practice/index.ts';

type Tenant = PracticeServer['world']['state']['tenants'][number];

/** Simulated tenants of a test, behind the HTTP that the window asks. */
export interface PracticeTenants {
  /** For `launch({ tenants })`. */
  readonly origin: string;
  readonly server: PracticeServer;
  /** Contoso, unless another is meant. */
  readonly tenant: (index?: number) => Tenant;
  /** Who signs in from now on: Contoso's account with this role. */
  readonly signInAs: (role: string) => void;
  /** The next request that fits is not answered before `release`. */
  readonly hold: (selector: PracticeFaultSelector) => void;
  /** How many requests are being held. */
  readonly held: () => number;
  readonly release: () => void;
}

/** Gone when the test ends. */
export async function practiceTenants(options: Omit<PracticeOptions, 'clock'> = {}): Promise<PracticeTenants> {
  const waiting: (() => void)[] = [];
  const release = () => waiting.splice(0).forEach((go) => go());
  // What is slow is so until the test lets it go: no test waits for a time.
  const clock = { now: () => systemClock.now(), sleep: () => new Promise<void>((resolve) => void waiting.push(resolve)) };
  const server = await startPractice({ port: 0, ...options, clock, knobs: { replication: 0, updates: 0, ...options.knobs } });
  onTestFinished(async () => {
    release();
    await server.close();
  });
  const tenant = (index = 0): Tenant => {
    const found = server.world.state.tenants[index];
    if (found === undefined) throw new Error(`there is no tenant ${index}`);
    return found;
  };
  return {
    origin: server.origin,
    server,
    tenant,
    signInAs: (role) => {
      const { accounts } = tenant();
      const account = accounts.find((each) => each.role === role);
      if (account === undefined) throw new Error(`no account is ${role}`);
      // Whoever is first in the list signs in where nobody is named.
      accounts.splice(accounts.indexOf(account), 1);
      accounts.unshift(account);
    },
    hold: (selector) => server.faultOn(selector, 'slow'),
    held: () => waiting.length,
    release,
  };
}
