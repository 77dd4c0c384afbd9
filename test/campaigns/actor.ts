import { followAuthorize, practiceFetch } from '../../main/practice/index.ts';
import type { Run } from '../../main/registration/engine.ts';
import { openServices, type Services } from '../../main/services/index.ts';
import { openDatabase, practiceKeychain, type Keychain } from '../../main/vault/index.ts';
import type { Clock } from '../../main/clock.ts';
import { createLeases, type LeaseTimes } from '../../main/credential/leases.ts';
import { computerClock, liveBy } from './world-clock.ts';

/** Where an actor works: all that several processes share. */
export interface Place {
  /** Origin of the practice tenant. */
  readonly origin: string;
  /** Folder of the campaign: clocks and files. */
  readonly folder: string;
  /** The data directory: it may lie on another disk. */
  readonly data: string;
}

/** One who works at a place: a window or a command line, in this process or in one of its own. */
export interface Actor extends Place {
  readonly name: string;
  readonly services: Services;
  /** With an administrator who says yes to everything, or where nobody is there. */
  readonly run: (attended: boolean) => Run;
}

/** The practice tenant is told who asks, so that one actor’s requests can be counted and disturbed by themselves. */
export const actorHeader = 'x-campaign-actor';

/** The same services with another patience, over a connection of its own. */
function withLeases(services: Services, clock: Clock, times: LeaseTimes): Services {
  const database = openDatabase(services.directory, { clock });
  const close = async () => {
    database.close();
    await services.close();
  };
  return { ...services, engine: { ...services.engine, leases: createLeases(database, { clock, times }) }, close };
}

export interface ActorOptions {
  /** Default: the file that stands for a keychain in practice. */
  readonly keychain?: Keychain;
  /** Whose clock it is; left out, its own. */
  readonly computer?: string;
  /** How long it waits for one who shows no sign of life; default as in the products. */
  readonly leases?: LeaseTimes;
}

/**
 * Opens the services of an actor as the products do, and lets this process live by the clock of its computer: one computer for
 * all actors of one process.
 */
export async function openActor(place: Place, name: string, { keychain, computer = name, leases }: ActorOptions = {}): Promise<Actor> {
  const asActor: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set(actorHeader, name);
    return fetch(input, { ...init, headers });
  };
  const clock = computerClock(place.folder, computer);
  liveBy(clock);
  const opened = await openServices({
    program: 'command line',
    language: 'en',
    env: {},
    policies: {},
    platform: process.platform,
    dataDir: place.data,
    // A network of its own stands for the real one: the services know nothing of practice.
    practice: null,
    fetch: practiceFetch(place.origin, (address, init) => asActor(address, init)),
    openBrowser: () => Promise.reject(new Error('no browser')),
    clock,
    keychain: keychain ?? practiceKeychain(place.data),
  });
  const services = leases === undefined ? opened : withLeases(opened, clock, leases);
  const nobody = () => Promise.reject(new Error('nobody is there'));
  return {
    ...place,
    name,
    services,
    run: (attended) => ({
      onProgress: () => undefined,
      accepted: [],
      confirm: attended ? () => Promise.resolve(true) : nobody,
      // The person’s browser is not the engine: it is not disturbed.
      openBrowser: attended ? (address) => followAuthorize(address, { account: null, fetch: practiceFetch(place.origin) }) : nobody,
    }),
  };
}
