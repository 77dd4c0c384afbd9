import { Fault } from '../faults.ts';
import type { ArchivingProfile, DirectoryServices, FinishedRun, HeldCredential } from './archive.ts';
import type { ServerConnection } from './connection.ts';
import type { Look, ServerLink, ServerLinks } from './links.ts';
import { runningInstance } from './overview.ts';
import type { AddressLook } from './redirect-address.ts';
import type { ServerRecord } from './server-record.ts';
import type { Servers } from './servers.ts';
import { startedSince } from './since-shown.ts';

/** What a part of the answer came to. */
export type Part<T> = { readonly value: T } | { readonly fault: Fault };

/** The credential that is looked for. */
export interface SoughtCredential {
  readonly id: string;
  readonly clientId: string | null;
  readonly tenantId: string;
  /** SHA-1 of the current certificate; null while there is none. */
  readonly thumbprint: string | null;
  /** Id and version of the permission profile. */
  readonly profile: string;
}

/** What a server says of a credential. */
export interface ServerWord {
  /** Every credential of Microsoft 365 there. */
  readonly credentials: readonly HeldCredential[];
  /** Those with both ids of the one that is looked for. */
  readonly held: readonly HeldCredential[];
  readonly directory: Part<DirectoryServices>;
  readonly profiles: Part<readonly ArchivingProfile[]>;
  /** Runs that certainly started after the server first showed the current certificate; null while it does not show it. */
  readonly runs: Part<{ readonly since: readonly FinishedRun[]; readonly ended: readonly FinishedRun[] } | null>;
}

/** Which credential there is meant. */
export type ServerHeld = Pick<ServerWord, 'held' | 'directory'>;

/** The server that a credential is linked with, and what it says; or why it says nothing. */
export type ServerEvidence = { readonly server: string } & ({ readonly word: ServerWord } | { readonly fault: Fault });

/** Where a credential is. */
export interface KnownLink {
  readonly server: ServerRecord;
  /** Of a Service Provider Edition. */
  readonly instance: string | null;
}

/** The credentials of this list in their servers. */
export interface LinkedServers {
  /** Null where it is in no server that is known. */
  of(credentialId: string): KnownLink | null;
  /** Ids of the credentials that are in this server, each with its instance. */
  within(serverId: string): readonly { readonly credential: string; readonly instance: string | null }[];
  unlink(credentialId: string): void;
  /** @throws Fault server.unknown, server.instance-* */
  link(credentialId: string, server: string, instance: string | null): ServerRecord;
  /**
   * Test Settings of the archive that the credential is in: a dry run, which stores nothing.
   *
   * @returns null where directory services do not use this credential
   * @throws Fault server.*, interrupted
   */
  dryRun(sought: SoughtCredential, signal?: AbortSignal): Promise<{ readonly answer: unknown } | null>;
  /** The address that users sign in at, from this computer. @throws Fault server.practice-address, interrupted */
  lookAtAddress(redirectUri: string, signal?: AbortSignal): Promise<AddressLook>;
  /**
   * What the server has of it, and nothing else: its credentials, and which one directory services use.
   *
   * @returns null where it is in no server that is known, and where that cannot be asked
   * @throws Fault interrupted
   */
  held(sought: SoughtCredential, signal?: AbortSignal): Promise<(ServerHeld & { readonly server: string }) | null>;
  /** Null where it is in no server that is known. @throws Fault interrupted */
  ask(sought: SoughtCredential, signal?: AbortSignal): Promise<ServerEvidence | null>;
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    // What stands for the whole server is no matter of one part.
    if (error instanceof Fault && error.kind === 'check-failed' && error.code !== 'server.certificate-changed') return { fault: error };
    throw error;
  }
}

const lastOf = (runs: readonly FinishedRun[], before: number): number => Math.max(before, 0, ...runs.map(({ id }) => id));

/** Remembers when this certificate was first shown, and tells which runs started since. */
function since(link: ServerLink, sought: SoughtCredential, shows: boolean, runs: readonly FinishedRun[], now: Date | null) {
  const { thumbprint, profile } = sought;
  if (!shows || thumbprint === null || now === null) return { next: { ...link, shown: null, looked: null }, found: null };
  const at = now.toISOString();
  const known = link.shown?.thumbprint === thumbprint && link.shown.profile === profile ? link.shown : null;
  const looked: Look = { at, lastRun: lastOf(runs, known === null ? 0 : (link.looked?.lastRun ?? 0)) };
  if (known === null)
    return { next: { ...link, shown: { ...looked, thumbprint, profile, certain: null }, looked }, found: { since: [], ended: [] } };
  const ended = runs.filter(({ id }) => id > known.lastRun);
  const certainly = startedSince(runs, known, link.looked ?? known, now);
  const certain = known.certain ?? (certainly.length === 0 ? null : Math.min(...certainly.map(({ id }) => id)));
  return { next: { ...link, shown: { ...known, certain }, looked }, found: { since: certainly, ended } };
}

const heldBy = (credentials: readonly HeldCredential[], sought: SoughtCredential): readonly HeldCredential[] =>
  credentials.filter(({ clientId, tenantId }) => clientId === sought.clientId?.toLowerCase() && tenantId === sought.tenantId.toLowerCase());

async function wordOf(connection: ServerConnection, name: string, link: ServerLink, sought: SoughtCredential) {
  const instance = await runningInstance(connection, name, link.instance);
  const credentials = await connection.credentials(instance);
  const held = heldBy(credentials, sought);
  const directory = await part(() => connection.directoryServices(instance));
  const profiles = await part(() => connection.profiles(instance));
  const shows = held.some(({ thumbprint }) => thumbprint === sought.thumbprint);
  // While it does not show the current certificate its runs say nothing of it.
  const runs = shows ? await part(() => connection.runs(instance)) : { value: [] };
  if ('fault' in runs) return { next: link, word: { credentials, held, directory, profiles, runs } satisfies ServerWord };
  const { next, found } = since(link, sought, shows, runs.value, connection.serverTime());
  return { next, word: { credentials, held, directory, profiles, runs: { value: found } } satisfies ServerWord };
}

export function createLinkedServers(servers: Servers, links: ServerLinks): LinkedServers {
  const of: LinkedServers['of'] = (credentialId) => {
    const link = links.of(credentialId);
    const server = link === null ? undefined : servers.list().find(({ id }) => id === link.serverId);
    return link === null || server === undefined ? null : { server, instance: link.instance };
  };
  return {
    of,
    within: (serverId) =>
      links.credentialsIn(serverId).map((credential) => ({ credential, instance: links.of(credential)?.instance ?? null })),
    unlink: (credentialId) => links.forget(credentialId),
    link: (credentialId, name, instance) => {
      const record = servers.find(name);
      if (record.kind === 'server' && instance !== null) throw new Fault('server.instance-none', { params: { name: record.name } });
      const known = record.instances.find((each) => each.toLowerCase() === instance?.toLowerCase());
      if (record.kind === 'spe' && known === undefined)
        throw new Fault('server.instance-unknown', {
          params: { name: record.name, instance: instance ?? '–', instances: record.instances.join(', ') || '–' },
        });
      const before = links.of(credentialId);
      const same = before?.serverId === record.id && before.instance === (known ?? null);
      if (!same) links.keep(credentialId, { serverId: record.id, instance: known ?? null, shown: null, looked: null });
      return record;
    },
    lookAtAddress: (redirectUri, signal) => servers.lookAtAddress(redirectUri, signal),
    dryRun: async (sought, signal) => {
      const link = of(sought.id);
      if (link === null) throw new Fault('server.unknown', { params: { name: '–' } });
      return servers.ask(
        link.server.id,
        async (connection, { name }) => {
          const instance = await runningInstance(connection, name, link.instance);
          const held = heldBy(await connection.credentials(instance), sought);
          const { credentialId } = await connection.directoryServices(instance);
          if (!held.some(({ id }) => id === credentialId)) return null;
          return { answer: await connection.dryRun(instance) };
        },
        signal === undefined ? {} : { signal },
      );
    },
    held: async (sought, signal) => {
      const link = of(sought.id);
      if (link === null || sought.clientId === null) return null;
      const { id, name } = link.server;
      try {
        const options = signal === undefined ? {} : { signal };
        return await servers.ask(
          id,
          async (connection) => {
            const instance = await runningInstance(connection, name, link.instance);
            const held = heldBy(await connection.credentials(instance), sought);
            return { server: name, held, directory: await part(() => connection.directoryServices(instance)) };
          },
          options,
        );
      } catch (error) {
        if (!(error instanceof Fault) || error.code === 'interrupted' || error.kind === 'bug') throw error;
        return null;
      }
    },
    ask: async (sought, signal) => {
      const link = links.of(sought.id);
      const record = link === null ? undefined : servers.list().find(({ id }) => id === link.serverId);
      if (link === null || record === undefined) return null;
      try {
        const options = signal === undefined ? {} : { signal };
        const { next, word } = await servers.ask(record.id, (connection) => wordOf(connection, record.name, link, sought), options);
        links.keep(sought.id, next);
        return { server: record.name, word };
      } catch (error) {
        if (!(error instanceof Fault) || error.code === 'interrupted' || error.kind === 'bug') throw error;
        return { server: record.name, fault: error };
      }
    },
  };
}
