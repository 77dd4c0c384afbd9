import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/index.ts';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import type { Fetch } from '../http/index.ts';
import { requireServerHost, type Policies } from '../policies/index.ts';
import type { Passwords } from '../vault/index.ts';
import type { ServerLinks } from './links.ts';
import { addressText, isLoopback, type ServerAddress } from './address.ts';
import { connectToServer, type ServerConnection } from './connection.ts';
import { lookAtAddress, type AddressLook } from './redirect-address.ts';
import type { ServerRecord } from './server-record.ts';
import type { ServerStore } from './server-store.ts';
import { lookAtCertificate, untrustedFault } from './tls-certificate.ts';

export interface ServersOptions {
  readonly store: ServerStore;
  readonly links: ServerLinks;
  readonly passwords: Passwords;
  readonly trail: AuditTrail;
  readonly policies: Policies;
  readonly clock: Clock;
  /** Who acts, for the trail. */
  readonly actor: string;
  /** The host's own fetch; null in practice, where certificates are pinned and nothing beyond this computer is reached. */
  readonly fetch: Fetch | null;
}

export interface NewServer {
  readonly name: string;
  readonly address: ServerAddress;
  readonly user: string;
  readonly password: string;
  /** SHA-256, upper-case hex; null = the certificate has to be trusted here. */
  readonly pin: string | null;
  /** False: asked in each session. */
  readonly keepPassword: boolean;
}

/** What may be changed of a server. */
export type ServerPatch = Partial<NewServer>;

/** Where the password of a server is: in the keychain, in this process alone, or still to be typed. */
export type PasswordPlace = 'kept' | 'session' | 'wanted';

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Given for this time; absent = the one in the keychain. */
  readonly password?: string;
}

/** The keychain and the list of servers against each other. */
export interface PasswordComparison {
  /** Names of servers whose password is not in the keychain. */
  readonly missing: readonly string[];
  /** Ids of servers that are in no list any more, and have one. */
  readonly unneeded: readonly string[];
}

/**
 * The servers that are asked. Each call throws the faults of the connection (server.*), of the policies (policy.servers,
 * policy.server-host), and of the keychain and the store.
 */
export interface Servers {
  list(): ServerRecord[];
  /** @throws Fault server.unknown */
  find(idOrName: string): ServerRecord;
  /** Connects, and keeps it once it answered. @throws Fault server.name-taken */
  add(server: NewServer, signal?: AbortSignal): Promise<ServerRecord>;
  /** Connects with what is new, and keeps it once it answered. @throws Fault server.unknown, server.name-taken */
  set(idOrName: string, patch: ServerPatch, signal?: AbortSignal): Promise<ServerRecord>;
  /**
   * Connects to a server and closes the connection whatever happens. What it told of itself is kept.
   *
   * @throws Fault server.unknown, server.password-missing, and what `work` throws
   */
  ask<T>(idOrName: string, work: (connection: ServerConnection, record: ServerRecord) => Promise<T>, options?: AskOptions): Promise<T>;
  /** Connects with this password, and remembers it as long as this process runs. @throws Fault server.unknown */
  remember(idOrName: string, password: string, signal?: AbortSignal): Promise<ServerRecord>;
  passwordPlace(record: ServerRecord): PasswordPlace;
  /** False where this computer's policies forbid to keep passwords. */
  readonly keepsPasswords: boolean;
  /** How the address that users sign in at looks from this computer. @throws Fault server.practice-address, interrupted */
  lookAtAddress(redirectUri: string, signal?: AbortSignal): Promise<AddressLook>;
  /** Forgets it with its password. @throws Fault server.unknown */
  remove(idOrName: string): Promise<ServerRecord>;
  comparePasswords(): Promise<PasswordComparison>;
  /** Forgets the passwords of servers that are in no list any more. @returns their ids */
  forgetPasswords(): Promise<readonly string[]>;
}

const instancesOf = async (connection: ServerConnection): Promise<string[]> => (await connection.instances()).map(({ id }) => id);

/** Milliseconds in which one process uses a password once, as the trail has it. */
const oneUse = 10 * 60_000;

const addressOf = ({ host, port }: ServerRecord): ServerAddress => ({ host, port });

export function createServers({ store, links, passwords, trail, policies, clock, actor, fetch }: ServersOptions): Servers {
  const keepsPasswords = policies.ForbidKeepingServerPasswords !== true;
  /** Typed in this session, by the ids of their servers. */
  const session = new Map<string, string>();
  const isAsked = ({ asksPassword }: Pick<ServerRecord, 'asksPassword'>): boolean => asksPassword || !keepsPasswords;

  /** Before anything is sent. */
  const requireAllowed = (address: ServerAddress): void => {
    if (fetch === null && !isLoopback(address)) throw new Fault('server.practice-address', { params: { address: addressText(address) } });
    requireServerHost(policies, address.host);
  };

  /** Each use of a password stands in the trail, whatever came of it. */
  const recorded = async <T>(
    change: string,
    { name, address, user }: Pick<NewServer, 'name' | 'address' | 'user'>,
    work: () => Promise<T>,
    again = false,
  ) => {
    const operation = randomUUID();
    const entry = {
      operation,
      credentialId: '',
      tenantId: '',
      actor,
      change,
      target: name,
      detail: { address: addressText(address), user },
    };
    try {
      const done = await work();
      if (!again) trail.append({ ...entry, phase: 'done' });
      return done;
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'bug';
      trail.append({ ...entry, phase: 'failed', detail: { ...entry.detail, fault: code } });
      throw error;
    }
  };

  type Reached = Omit<NewServer, 'keepPassword'>;

  const connectTo = async (server: Reached, signal: AbortSignal | undefined, known?: ServerRecord['kind']): Promise<ServerConnection> => {
    const { address, user, password, pin } = server;
    // Nobody confirmed it, and there is no host that could vouch for it.
    if (pin === null && fetch === null) throw untrustedFault(address, await lookAtCertificate(address, signal));
    const more = { ...(known === undefined ? {} : { known }), ...(signal === undefined ? {} : { signal }) };
    return connectToServer({ address, user, password, pin, fetch, now: () => clock.now(), ...more });
  };

  /** Connects and reads what a server tells of itself. */
  const seen = async (server: Reached, signal: AbortSignal | undefined) => {
    const connection = await connectTo(server, signal);
    try {
      const { kind, version } = connection;
      return { kind, version, instances: await instancesOf(connection), lastContact: clock.now().toISOString() };
    } finally {
      connection.close();
    }
  };

  /** When the use of each password was recorded last, epoch milliseconds. */
  const uses = new Map<string, number>();

  /** Whether this use of a password is one with the one before it: an open sheet asks every few seconds. */
  const isOneUse = (id: string): boolean => {
    const age = clock.now().getTime() - (uses.get(id) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < oneUse;
  };

  const passwordOf = async (record: ServerRecord, given: string | undefined): Promise<string> => {
    const { id, name, user } = record;
    const password = given ?? session.get(id) ?? (isAsked(record) ? null : await passwords.load(id));
    if (password === null) throw new Fault('server.password-missing', { params: { name, user } });
    return password;
  };

  /** Where it is wanted, and nowhere else. */
  const keepPassword = async (record: ServerRecord, password: string): Promise<void> => {
    session.delete(record.id);
    if (!isAsked(record)) return passwords.save(record.id, password);
    session.set(record.id, password);
    await passwords.forget(record.id);
  };

  const ask: Servers['ask'] = async (idOrName, work, { signal, password: given } = {}) => {
    const record = store.find(idOrName);
    const address = addressOf(record);
    requireAllowed(address);
    const password = await passwordOf(record, given);
    const asked = { ...record, address };
    const again = isOneUse(record.id);
    const connection = await recorded('ask-server', asked, () => connectTo({ ...asked, password }, signal, record.kind), again);
    if (!again) uses.set(record.id, clock.now().getTime());
    try {
      const instances = await instancesOf(connection);
      const { kind, version } = connection;
      const kept = store.change(record.id, { kind, version, instances, lastContact: clock.now().toISOString() });
      return await work(connection, kept);
    } finally {
      connection.close();
    }
  };

  return {
    list: () => store.list(),
    find: (idOrName) => store.find(idOrName),
    add: (server, signal) => {
      requireAllowed(server.address);
      const taken = store.list().some(({ name }) => name.toLowerCase() === server.name.toLowerCase());
      if (taken) throw new Fault('server.name-taken', { params: { name: server.name } });
      return recorded('add-server', server, async () => {
        const { name, address, user, pin, password } = server;
        const told = await seen(server, signal);
        const record: ServerRecord = { id: randomUUID(), name, ...address, user, pin, ...told, asksPassword: !server.keepPassword };
        // The password first: a server without one is no use, and one without a server is found.
        await keepPassword(record, password);
        store.insert(record);
        return record;
      });
    },
    set: async (idOrName, patch, signal) => {
      const before = store.find(idOrName);
      const moved = patch.address !== undefined && addressText(patch.address) !== addressText(addressOf(before));
      // The password goes nowhere but where it was given for.
      if (moved && patch.password === undefined)
        throw new Fault('server.password-missing', { params: { name: before.name, user: patch.user ?? before.user } });
      const next: NewServer = {
        name: patch.name ?? before.name,
        address: patch.address ?? addressOf(before),
        user: patch.user ?? before.user,
        // Another address has another certificate.
        pin: patch.pin === undefined ? (moved ? null : before.pin) : patch.pin,
        password: await passwordOf(before, patch.password),
        keepPassword: patch.keepPassword ?? !before.asksPassword,
      };
      requireAllowed(next.address);
      return recorded('set-server', next, async () => {
        const told = await seen(next, signal);
        const asksPassword = !next.keepPassword;
        if (patch.password !== undefined || patch.keepPassword !== undefined)
          await keepPassword({ ...before, asksPassword }, next.password);
        return store.change(before.id, { name: next.name, ...next.address, user: next.user, pin: next.pin, asksPassword, ...told });
      });
    },
    ask,
    remember: async (idOrName, password, signal) => {
      const record = await ask(idOrName, (_connection, now) => Promise.resolve(now), {
        password,
        ...(signal === undefined ? {} : { signal }),
      });
      session.set(record.id, password);
      return record;
    },
    passwordPlace: (record) => (session.has(record.id) ? 'session' : isAsked(record) ? 'wanted' : 'kept'),
    keepsPasswords,
    lookAtAddress: async (redirectUri, signal) => {
      const { hostname, port } = new URL(redirectUri);
      const address = { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 443 : Number(port) };
      if (fetch === null && !isLoopback(address)) throw new Fault('server.practice-address', { params: { address: addressText(address) } });
      return lookAtAddress(address, signal);
    },
    remove: (idOrName) => {
      const record = store.find(idOrName);
      return recorded('remove-server', { ...record, address: addressOf(record) }, async () => {
        store.remove(record.id);
        links.forgetServer(record.id);
        session.delete(record.id);
        await passwords.forget(record.id);
        return record;
      });
    },
    comparePasswords: async () => {
      const kept = new Set(await passwords.list());
      const ids = new Set(store.ids());
      return {
        missing: store.list().flatMap((record) => (isAsked(record) || kept.has(record.id) ? [] : [record.name])),
        unneeded: [...kept].filter((id) => !ids.has(id)),
      };
    },
    forgetPasswords: async () => {
      const ids = new Set(store.ids());
      const unneeded = (await passwords.list()).filter((id) => !ids.has(id));
      for (const id of unneeded) await passwords.forget(id);
      return unneeded;
    },
  };
}
