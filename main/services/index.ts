/**
 * Everything the two clients need, wired for one process: engine, store, keychain, trail, texts and log, on the real clouds or on
 * a practice tenant. The only place that tells practice from the real thing.
 */
import { join } from 'node:path';
import { countDamaged, directoryOf, openBackups, type Backups } from './backups.ts';
import type { ServicesConfig } from './config.ts';
import { keychainOf, openWorld } from './world.ts';
import { createAuditTrail, type AuditTrail } from '../audit/index.ts';
import { warmUpCertificates } from '../certificates/index.ts';
import { systemClock, type Clock } from '../clock.ts';
import { clouds, type CloudId } from '../clouds/index.ts';
import { createEwsLosses, createEwsSwitches, emptyBin } from '../registration/index.ts';
import { createDirectory, warmUpDirectory } from '../directory/index.ts';
import { createMailProbes } from '../exchange/index.ts';
import { createRequestCounter, createServerTime, guardedFetch } from '../http/index.ts';
import { createIdentity, warmUpIdentity } from '../identity/index.ts';
import { openLog, type LogFile } from '../log/index.ts';
import {
  createLinkedServers,
  createServerLinks,
  createServerStore,
  openServers,
  type Servers,
  type ServerStore,
} from '../mailstore/index.ts';
import { inPractice, requireCloud } from '../policies/index.ts';
import type { ArchivesBeside, PracticeDescription } from '../practice/index.ts';
import type { Engine } from '../registration/engine.ts';
import { createTexts, type Language, type Texts } from '../texts/index.ts';
import {
  createBin,
  createCredentialStore,
  createLeases,
  createOwnProfiles,
  createUnsettled,
  thisProcess,
  type CredentialStore,
  type OwnProfiles,
} from '../credential/index.ts';
import { backUpDaily, createSecrets, openDatabase, type Database, type Keychain } from '../vault/index.ts';

export { openBackups, type Backups } from './backups.ts';
export type { PracticeConfig, ServicesConfig } from './config.ts';

/** All services of one process, wired; nothing is a singleton. */
export interface Services {
  readonly engine: Engine;
  readonly texts: Texts;
  readonly trail: AuditTrail;
  /** The servers that are asked through their management interfaces. */
  readonly servers: Servers;
  readonly log: LogFile;
  readonly directory: string;
  /** Of the operating system, or of practice: for what is no private key. Keys go through `engine.secrets`. */
  readonly keychain: Keychain;
  /** Where `resetStore` put the previous store. */
  readonly storeSetAside: string | null;
  /** The simulated tenants, in practice. */
  readonly practice: PracticeDescription | null;
  /** In practice: the archiving servers beside the simulated tenants. */
  readonly practiceServers: ArchivesBeside | null;
  readonly openBrowser: (address: string) => Promise<void>;
  /** The same services, over the same store, speaking another language. */
  inLanguage(language: Language): Services;
  /** A number that changes when another process has changed the store. */
  dataVersion(): number;
  readonly backups: Backups;
  /** Copies the store, unless there is a copy of the last 24 hours. Never rejects. */
  backUp(): Promise<void>;
  /** Purges what has been in the bin for at least 30 days, where a server has told the time. Never rejects. */
  emptyBin(): Promise<void>;
  close(): Promise<void>;
}

/** What is needed to read the list: no keychain, no network, no practice tenant. */
export type StoreConfig = Pick<
  ServicesConfig,
  'program' | 'dataDir' | 'env' | 'platform' | 'practice' | 'verbose' | 'resetStore' | 'echo' | 'clock' | 'keychain'
>;

export interface StoreServices {
  readonly store: CredentialStore;
  /** The servers that are asked, as they are kept. */
  readonly servers: Pick<ServerStore, 'find' | 'list'>;
  readonly profiles: OwnProfiles;
  readonly clock: Clock;
  readonly log: LogFile;
  readonly directory: string;
  readonly storeSetAside: string | null;
  /** The keychain of this world, untouched until it is asked for. */
  readonly keychain: () => Keychain;
  /** The same servers, to be asked; the keychain is looked into for the password of one. */
  readonly askedServers: (with_: Pick<ServicesConfig, 'policies' | 'fetch'>) => Servers;
  /** Copies the store, unless there is a copy of the last 24 hours. Never rejects. */
  backUp(): Promise<void>;
  close(): Promise<void>;
}

interface Files {
  readonly clock: Clock;
  readonly directory: string;
  readonly database: Database;
  readonly log: LogFile;
}

async function backUp({ clock, directory, database, log }: Files): Promise<void> {
  // Nothing was ever done here: there is nothing that could be lost.
  const empty = database.read(
    (connection) =>
      connection
        .prepare('SELECT 1 FROM credential UNION SELECT 1 FROM audit UNION SELECT 1 FROM own_profile UNION SELECT 1 FROM server')
        .get() === undefined,
  );
  if (!empty) await backUpDaily(database, { directory, clock, log, countDamaged });
}

function openFiles(config: StoreConfig): Files {
  const clock = config.clock ?? systemClock;
  const directory = directoryOf(config);
  const database = openDatabase(directory, { clock, reset: config.resetStore === true });
  const log = openLog(join(directory, 'logs'), {
    verbose: config.verbose === true,
    program: config.program === 'window' ? 'window' : 'command-line',
    ...(config.echo ? { echo: config.echo } : {}),
  });
  return { clock, directory, database, log };
}

/** Practice reaches nothing beyond this computer, and only certificates that somebody accepted. */
const askedServers = (
  { practice, policies, fetch, program }: Pick<ServicesConfig, 'practice' | 'policies' | 'fetch' | 'program'>,
  opened: Pick<Files, 'database' | 'clock'> & { readonly keychain: Keychain },
): Servers => {
  const world = practice === null ? { policies, fetch } : { policies: inPractice(policies), fetch: null };
  const trail = createAuditTrail(opened.database, opened.clock);
  return openServers({ ...opened, ...world, trail, actor: thisProcess(program).user });
};

/**
 * Opens the list alone, for what has to work where nobody can unlock a keychain.
 *
 * @throws Fault data.*, store.*
 */
export function openStore(config: StoreConfig): StoreServices {
  const { clock, directory, database, log } = openFiles(config);
  return {
    store: createCredentialStore(database, clock),
    servers: createServerStore(database),
    profiles: createOwnProfiles(database),
    clock,
    log,
    directory,
    storeSetAside: database.setAside,
    keychain: () => keychainOf(config, directory),
    askedServers: (with_) => askedServers({ ...config, ...with_ }, { database, clock, keychain: keychainOf(config, directory) }),
    backUp: () => backUp({ clock, directory, database, log }),
    close: async () => {
      await log.close();
      database.close();
    },
  };
}

/** Reads what signing in and making a certificate take, while nobody waits for it: read in the middle of the work it would stall the thread. */
export async function warmUp(): Promise<void> {
  await Promise.all([warmUpIdentity(), warmUpDirectory(), warmUpCertificates()]);
}

/**
 * Opens the services over one data directory.
 *
 * @throws Fault data.*, store.*, practice.*
 */
export async function openServices(config: ServicesConfig): Promise<Services> {
  const { clock, directory, database, log } = openFiles(config);
  const world = await openWorld(config, directory);
  const trail = createAuditTrail(database, clock);
  const serverTime = createServerTime();
  const policies = config.practice === null ? config.policies : inPractice(config.policies);
  const servers = askedServers(config, { database, clock, keychain: world.keychain });
  const engineIn = (language: Language): Engine => ({
    store: createCredentialStore(database, clock),
    profiles: createOwnProfiles(database),
    secrets: createSecrets(world.keychain),
    trail,
    leases: createLeases(database, { clock }),
    unsettled: createUnsettled(database),
    linkedServers: createLinkedServers(servers, createServerLinks(database)),
    ewsSwitches: createEwsSwitches(database),
    ewsLosses: createEwsLosses(database),
    bin: createBin(database),
    owner: thisProcess(config.program),
    clock,
    serverTime: () => serverTime.now(),
    log,
    texts: createTexts(language, config.program),
    policies,
    connect: (cloudId: CloudId) => {
      requireCloud(policies, cloudId);
      const cloud = clouds[cloudId];
      const counter = createRequestCounter();
      const fetch = serverTime.heardBy(guardedFetch(world.fetch, cloud));
      return {
        identity: createIdentity({ fetch, clock, counter, log, lang: language }),
        directory: (connection) => createDirectory({ cloud, fetch, connection, clock, counter, log }),
        probes: createMailProbes({ cloud, fetch: guardedFetch(world.fetch, cloud, 'exchange'), imap: () => world.imap(cloud), clock, log }),
        counts: () => counter.counts(),
      };
    },
    ...(config.backoff ? { backoff: config.backoff } : {}),
  });
  const servicesIn = (engine: Engine): Services => ({
    engine,
    texts: engine.texts,
    trail,
    servers,
    log,
    directory,
    keychain: world.keychain,
    storeSetAside: database.setAside,
    practice: world.description,
    practiceServers: world.practiceServers,
    openBrowser: world.openBrowser,
    inLanguage: (language) => servicesIn(engineIn(language)),
    dataVersion: () => database.dataVersion(),
    backups: openBackups(config),
    backUp: () => backUp({ clock, directory, database, log }),
    emptyBin: () => emptyBin(engine),
    close: async () => {
      // At once: when Windows signs the person out, nothing that has to be waited for is done.
      database.close();
      await Promise.all([world.close(), log.close()]);
    },
  });
  return servicesIn(engineIn(config.language));
}
