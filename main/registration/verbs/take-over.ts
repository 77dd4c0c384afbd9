import type { CloudId } from '../../clouds/index.ts';
import { nameKey, noAnnotations, registrationKey, type CredentialRecord } from '../../credential/index.ts';
import { track, type Candidate, type Typed } from '../../credential/track/index.ts';
import { asFault, Fault } from '../../faults.ts';
import {
  readHoldings,
  type ArchiveHoldings,
  type HeldCredential,
  type InstanceHoldings,
  type ServerConnection,
  type ServerRecord,
} from '../../mailstore/index.ts';
import { loadServers, profileReference, redirectRule } from '../../servers/index.ts';
import { checkRedirectUri } from '../../credential/fields/index.ts';
import type { Engine } from '../engine.ts';
import { defaultProfile } from '../server-choice.ts';

interface InArchive {
  /** Null where the server has one archive. */
  readonly instance: string | null;
}

/** What a take-over came to. */
export interface TakeOver {
  readonly added: readonly (InArchive & { readonly record: CredentialRecord })[];
  /** In both; linked now where it was in no server. */
  readonly known: readonly (InArchive & { readonly record: CredentialRecord })[];
  /** A credential there, or a whole instance (`name` null), that could not be taken. */
  readonly refused: readonly (InArchive & { readonly name: string | null; readonly fault: Fault })[];
  /** Here, linked with an archive that answered, and not there. */
  readonly missing: readonly (InArchive & { readonly record: CredentialRecord })[];
  /** Profiles that archive by EWS, where that could be read. */
  readonly ews: readonly (InArchive & { readonly profile: string })[];
  /** Each archive that answered: the version there, and whether its profiles could be read. */
  readonly archives: readonly (InArchive & { readonly version: string; readonly profilesRead: boolean })[];
}

export interface TakeOverOptions {
  /** Null: every one that there is. */
  readonly instance: string | null;
  /** Of tenants that no credential here is in; a server does not tell it. */
  readonly cloud: CloudId;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The name there, or one beside it that nobody has here. */
function freeName(wanted: string, instance: string | null, taken: Set<string>): string {
  const base = wanted.trim() === '' ? (instance ?? '–') : wanted.trim();
  const candidates = [base, ...(instance === null ? [] : [`${base} (${instance})`])];
  let name = candidates.find((each) => !taken.has(nameKey(each)));
  for (let number = 2; name === undefined; number += 1) {
    const next = `${candidates.at(-1) ?? base} ${number}`;
    if (!taken.has(nameKey(next))) name = next;
  }
  taken.add(nameKey(name));
  return name;
}

/** Where directory services use it, with their redirect URI, if that is one by the rule of the software. */
function redirectUriOf(held: HeldCredential, { directory }: ArchiveHoldings, server: Typed['server']): string | null {
  const software = loadServers().find(({ id }) => id === server.id);
  const rule = software === undefined ? null : redirectRule(software, server.instance);
  if (directory === null || directory.credentialId !== held.id || directory.redirectUri === null || rule === null) return null;
  const checked = checkRedirectUri(rule, directory.redirectUri);
  return checked.ok ? checked.value : null;
}

/** So many are stored at a time: each time the list is read once. */
const atOnce = 32;

/** Tenants are known by their ids, so none is looked up. */
const tenantOf = () => Promise.reject(new Error('a tenant is told by its id'));

/** Adds what archives hold to the list, in portions. */
class Taking {
  readonly #engine: Engine;
  readonly #server: ServerRecord;
  readonly #known: Map<string, CredentialRecord>;
  readonly #names: Set<string>;
  readonly #cloud: CloudId;
  /** Of the tenants that are here, by their ids. */
  readonly #clouds: ReadonlyMap<string, CloudId>;
  readonly #open: { readonly instance: string | null; readonly name: string; readonly typed: Typed }[] = [];
  readonly #seen = new Set<string>();
  readonly #answered = new Set<string | null>();
  readonly result = {
    added: [] as TakeOver['added'][number][],
    known: [] as TakeOver['known'][number][],
    refused: [] as TakeOver['refused'][number][],
    missing: [] as TakeOver['missing'][number][],
    ews: [] as TakeOver['ews'][number][],
    archives: [] as TakeOver['archives'][number][],
  };

  constructor(engine: Engine, server: ServerRecord, cloud: CloudId) {
    this.#engine = engine;
    this.#server = server;
    this.#cloud = cloud;
    const own = engine.store.list();
    this.#clouds = new Map(own.map((record) => [record.tenantId.toLowerCase(), record.cloud]));
    this.#known = new Map(own.map((record) => [registrationKey(record), record]));
    this.#names = new Set(own.map(({ name }) => nameKey(name)));
  }

  #link(record: CredentialRecord, instance: string | null): void {
    const { linkedServers } = this.#engine;
    if (linkedServers.of(record.id) === null) linkedServers.link(record.id, this.#server.id, instance);
  }

  #typed(held: HeldCredential, holdings: ArchiveHoldings, instance: string | null): Typed {
    const { kind } = this.#server;
    const software = loadServers().find(({ management }) => management === kind);
    if (software === undefined) throw new Fault('input.server.unknown', { params: { server: kind, known: '–' } });
    const server = { id: software.id, instance };
    return {
      name: freeName(held.name, instance, this.#names),
      ...noAnnotations,
      tenant: held.tenantId,
      clientId: held.clientId,
      certificate: null,
      cloud: this.#clouds.get(held.tenantId) ?? this.#cloud,
      profile: profileReference(defaultProfile(software, this.#engine.policies)),
      tenantName: '',
      tenantDomain: '',
      redirectUri: redirectUriOf(held, holdings, server),
      server,
    };
  }

  async take(each: InstanceHoldings): Promise<void> {
    const { instance } = each;
    if ('fault' in each) {
      this.result.refused.push({ instance, name: null, fault: each.fault });
      return;
    }
    this.#answered.add(instance);
    const { ews, version } = each.holdings;
    this.result.ews.push(...(ews ?? []).map((profile) => ({ instance, profile })));
    this.result.archives.push({ instance, version, profilesRead: ews !== null });
    for (const held of each.holdings.credentials) {
      const key = registrationKey(held);
      const known = this.#known.get(key);
      if (known !== undefined) {
        this.#link(known, instance);
        this.result.known.push({ instance, record: known });
      } else if (this.#seen.has(key)) {
        const fault = new Fault('track.known', { params: { name: held.name } });
        this.result.refused.push({ instance, name: held.name, fault });
      } else this.#open.push({ instance, name: held.name, typed: this.#typed(held, each.holdings, instance) });
      this.#seen.add(key);
    }
    if (this.#open.length >= atOnce) await this.flush();
  }

  async flush(): Promise<void> {
    const portion = this.#open.splice(0);
    const candidates = portion.map(({ typed }, index): Candidate => ({ place: index, typed }));
    for (const { place, record, objections } of await track(this.#engine, candidates, tenantOf)) {
      const { instance = null, name = '' } = portion[place] ?? {};
      if (record === null) this.result.refused.push({ instance, name, fault: asFault(objections[0]?.fault) });
      else {
        this.#link(record, instance);
        this.result.added.push({ instance, record });
      }
    }
  }

  /** What is linked with an archive that answered, and is not in it. */
  compare(): void {
    for (const { credential, instance } of this.#engine.linkedServers.within(this.#server.id)) {
      const record = this.#engine.store.get(credential);
      if (record === null || record.deletedAt !== null || !this.#answered.has(instance)) continue;
      if (!this.#seen.has(registrationKey(record))) this.result.missing.push({ instance, record });
    }
  }
}

/**
 * Adds every credential of Microsoft 365 that a server holds, so that it is watched from now on, and compares the rest by
 * application and tenant ID. Nobody signs in and the server is only read. What was added stays when it is interrupted, and is known
 * the next time.
 *
 * @param connection to this server
 * @throws Fault server.*, store.*, interrupted
 */
export async function takeOver(
  engine: Engine,
  connection: ServerConnection,
  server: ServerRecord,
  { instance, cloud, onProgress = () => undefined, signal }: TakeOverOptions,
): Promise<TakeOver> {
  const taking = new Taking(engine, server, cloud);
  try {
    await readHoldings(connection, server.name, instance, {
      onEach: (each) => taking.take(each),
      onProgress,
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await taking.flush();
  }
  taking.compare();
  return taking.result;
}
