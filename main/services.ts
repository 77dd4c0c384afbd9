/**
 * Everything the two clients need, wired for one process: engine, store, keychain, trail, texts and log, on the real clouds or on
 * a practice tenant. The only place that tells practice from the real thing.
 */
import { join } from 'node:path';
import { createAuditTrail, type AuditTrail } from './audit/index.ts';
import { warmUpCertificates } from './certificates/index.ts';
import { systemClock, type Clock } from './clock.ts';
import { clouds, type Cloud, type CloudId } from './clouds/index.ts';
import { emptyBin } from './registration/index.ts';
import { createDirectory, warmUpDirectory } from './directory/index.ts';
import { createMailProbes, type ImapPlace } from './exchange/index.ts';
import { createRequestCounter, createServerTime, guardedFetch, type Fetch } from './http/index.ts';
import { createIdentity, warmUpIdentity } from './identity/index.ts';
import { openLog, type LogFile } from './log/index.ts';
import {
  createLinkedServers,
  createServerLinks,
  createServerStore,
  openServers,
  type Servers,
  type ServerStore,
} from './mailstore/index.ts';
import { inPractice, requireCloud, type Policies } from './policies/index.ts';
import { followAuthorize, practiceFetch, practiceImap, type ArchivesBeside, type PracticeDescription } from './practice/index.ts';
import type { Engine } from './registration/engine.ts';
import type { BackoffOptions } from './registration/backoff.ts';
import { createTexts, type Client, type Language, type Texts } from './texts/index.ts';
import {
  createBin,
  createCredentialStore,
  damagedRows,
  createLeases,
  createOwnProfiles,
  createUnsettled,
  thisProcess,
  type CredentialStore,
  type OwnProfiles,
} from './credential/index.ts';
import {
  backUpDaily,
  createSecrets,
  dataDirectory,
  listBackups,
  openDatabase,
  osKeychain,
  practiceKeychain,
  restoreBackup,
  type Backup,
  type CountDamaged,
  type Database,
  type Keychain,
  type RestoredStore,
} from './vault/index.ts';

export interface PracticeConfig {
  /** Origin of a running practice tenant; null starts one inside this process. */
  readonly url: string | null;
  /** Who signs in; default the first tenant's Global Administrator. */
  readonly account: string | null;
}

export interface ServicesConfig {
  readonly program: Client;
  readonly language: Language;
  /** `--data-dir`. */
  readonly dataDir?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Null = the real clouds. */
  readonly practice: PracticeConfig | null;
  /** What this computer's administrators prescribe. */
  readonly policies: Policies;
  /** HTTP of the host: Electron's or Node's. */
  readonly fetch: Fetch;
  readonly openBrowser: (address: string) => Promise<void>;
  readonly verbose?: boolean;
  readonly resetStore?: boolean;
  /** Gets every log line, already redacted. */
  readonly echo?: (line: string) => void;
  /** Tests pass their own. */
  readonly clock?: Clock;
  readonly keychain?: Keychain;
  readonly backoff?: BackoffOptions;
}

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

interface World {
  readonly fetch: Fetch;
  readonly openBrowser: (address: string) => Promise<void>;
  readonly keychain: Keychain;
  readonly description: PracticeDescription | null;
  readonly practiceServers: Services['practiceServers'];
  /** Where IMAP of Exchange Online is. */
  readonly imap: (cloud: Cloud) => Promise<ImapPlace>;
  close(): Promise<void>;
}

const keychainOf = ({ keychain, practice }: Pick<ServicesConfig, 'keychain' | 'practice'>, directory: string): Keychain =>
  keychain ?? (practice === null ? osKeychain() : practiceKeychain(directory));

/** The only place that knows practice from the real thing: another transport, another browser, another keychain. */
async function openWorld(config: ServicesConfig, directory: string): Promise<World> {
  if (config.practice === null) {
    return {
      fetch: config.fetch,
      openBrowser: config.openBrowser,
      keychain: keychainOf(config, directory),
      description: null,
      practiceServers: null,
      // "POP, IMAP, and SMTP settings for Outlook.com and Microsoft 365": TLS on port 993
      imap: ({ exchange }) => Promise.resolve({ host: new URL(exchange).host, port: 993 }),
      close: () => Promise.resolve(),
    };
  }
  const { url, account } = config.practice;
  // Who works on real tenants never reads the simulated ones.
  const server =
    url === null
      ? await (await import('./practice/server.ts')).startPractice({ port: 0, statePath: join(directory, 'tenants.json') })
      : null;
  const origin = server?.origin ?? url ?? '';
  const { archivesBeside, practiceArchives } = await import('./practice/mailstore/archives.ts');
  const practiceServers = archivesBeside(
    origin,
    server === null ? null : practiceArchives(server, { statePath: join(directory, 'archives.json') }),
  );
  const fetch = practiceFetch(origin);
  return {
    fetch,
    openBrowser: (address) => followAuthorize(address, { account, fetch }),
    keychain: keychainOf(config, directory),
    description: server?.describe() ?? null,
    imap: () => practiceImap(origin),
    practiceServers,
    close: async () => {
      await practiceServers.here?.close();
      await server?.close();
    },
  };
}

const directoryOf = ({ env, platform, practice, dataDir }: Pick<ServicesConfig, 'env' | 'platform' | 'practice' | 'dataDir'>): string =>
  dataDirectory({ env, platform, practice: practice !== null, ...(dataDir === undefined ? {} : { override: dataDir }) });

const countDamaged: CountDamaged = (connection) => damagedRows(connection).length;

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

/** The copies of a store, without opening it: it may be damaged, which is why they are asked for. */
export interface Backups {
  readonly directory: string;
  /** The newest first. */
  list(): Backup[];
  /** @throws Fault store.backup-unknown, store.backup-damaged, store.busy while the store is open anywhere, data.* */
  restore(name: string): RestoredStore;
}

/** @throws Fault data.* */
export function openBackups(config: Pick<ServicesConfig, 'program' | 'env' | 'platform' | 'practice' | 'dataDir' | 'clock'>): Backups {
  const directory = directoryOf(config);
  return {
    directory,
    list: () => listBackups(directory, countDamaged),
    restore: (name) => restoreBackup({ directory, name, clock: config.clock ?? systemClock, actor: thisProcess(config.program).user }),
  };
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
