import { onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../main/clock.ts';
import { clouds } from '../../main/clouds/index.ts';
import { createDirectory, type Directory } from '../../main/directory/index.ts';
import { createRequestCounter, type Fetch } from '../../main/http/index.ts';
import { createIdentity, type AdministratorSession, type IdentityOptions, type Scopes } from '../../main/identity/index.ts';
import { followAuthorize, practiceFetch, startPractice, type PracticeKnobs, type PracticeServer } from '../../main/practice/index.ts';

/** Pauses of the clients pass at once and are remembered. */
function hastyClock() {
  const pauses: number[] = [];
  const clock: Clock = {
    now: () => systemClock.now(),
    sleep: async (ms, signal) => {
      pauses.push(ms);
      await systemClock.sleep(0, signal);
    },
  };
  return { clock, pauses };
}

/** Practice tenants with identity and directory on them over real HTTP, gone when the test ends. */
export async function startPeople({
  tenants = 2,
  knobs = {},
  identity = {},
  serverClock = systemClock,
}: { tenants?: number; knobs?: Partial<PracticeKnobs>; identity?: Partial<IdentityOptions>; serverClock?: Clock } = {}) {
  const server: PracticeServer = await startPractice({ tenants, clock: serverClock, knobs: { replication: 0, updates: 0, ...knobs } });
  onTestFinished(() => server.close());
  const fetch = practiceFetch(server.origin);
  const counter = createRequestCounter();
  const { clock, pauses } = hastyClock();
  const described = server.describe().tenants;
  const tenant = (index: number) => {
    const found = described[index];
    if (found === undefined) throw new Error(`no tenant ${index}`);
    return found;
  };
  const accountOf = (role: string, index = 0): string => {
    const found = tenant(index).accounts.find((account) => account.role === role);
    if (found === undefined) throw new Error(`no ${role}`);
    return found.upn;
  };
  const visited: URL[] = [];
  /** A browser in which this account signs in. */
  const browserOf =
    (account: string, transport: Fetch = fetch) =>
    (address: string) => {
      visited.push(new URL(address));
      return followAuthorize(address, { account, fetch: transport });
    };
  const people = createIdentity({ fetch, clock: systemClock, counter, ...identity });
  const directoryOf = (session: AdministratorSession, scopes: Scopes): Directory =>
    createDirectory({
      cloud: clouds.global,
      fetch,
      clock,
      counter,
      connection: { accessToken: (claims) => session.accessToken(scopes, claims) },
    });
  return { server, fetch, counter, clock, pauses, tenant, accountOf, browserOf, visited, identity: people, directoryOf };
}
