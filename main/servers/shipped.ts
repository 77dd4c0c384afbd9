import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { Fault } from '../faults.ts';
import type { Profile } from './profile.ts';
import type { Server } from './server.ts';
import { serverSchema, type ServerFile } from './server-schema.ts';

/** Read where it stands, from `out/main` as from here. */
const folder = join(import.meta.dirname, '../../assets/servers');

interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of several forms that are allowed, the one that fits furthest is the one that was meant. */
function meant(issue: z.core.$ZodIssue): Wrong {
  if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return issue;
  const inside = issue.errors.flatMap((errors) => errors.map(meant)).toSorted((one, other) => other.path.length - one.path.length);
  return inside[0] === undefined ? issue : { path: [...issue.path, ...inside[0].path], message: inside[0].message };
}

/** `profiles.0.permissions.1.api: an API is graph, exchange or an app id` */
function whatIsWrong({ issues }: z.ZodError): string {
  const [first] = issues.map(meant);
  return first === undefined ? '' : `${first.path.join('.')}: ${first.message}`;
}

const wrong = (id: string, what: string) => new Error(`assets/servers/${id}/server.json: ${what}`);

/**
 * The descriptors of some texts, in their order.
 *
 * @param files contents of `server.json` by the id of the software
 * @throws Error with the file and what is wrong in it: a descriptor that cannot be read is a mistake of whoever wrote it
 */
export function describedServers(files: Readonly<Record<string, string>>): Server[] {
  const read = Object.entries(files).map(([id, text]): ServerFile & { readonly id: string } => {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch (error) {
      throw wrong(id, String(error));
    }
    const checked = serverSchema.safeParse(data);
    if (!checked.success) throw wrong(id, whatIsWrong(checked.error));
    return { id, ...checked.data };
  });
  const owned = new Map<string, Profile>();
  for (const { id, profiles } of read)
    for (const profile of profiles) {
      if (typeof profile === 'string') continue;
      if (owned.has(profile.id)) throw wrong(id, `the profile ${profile.id} is described twice`);
      owned.set(profile.id, profile);
    }
  return read
    .toSorted((one, other) => one.order - other.order)
    .map(({ order: _order, profiles, ...rest }) => ({
      ...rest,
      profiles: profiles.map((profile) => {
        const found = typeof profile === 'string' ? owned.get(profile) : profile;
        if (found === undefined)
          throw wrong(rest.id, `no descriptor has the profile ${typeof profile === 'string' ? profile : profile.id}`);
        return found;
      }),
    }));
}

let shipped: readonly Server[] | undefined;

/** The kinds of server software that come with the product; the first is the default. */
export function loadServers(): readonly Server[] {
  shipped ??= describedServers(
    Object.fromEntries(readdirSync(folder).map((id) => [id, readFileSync(join(folder, id, 'server.json'), 'utf8')])),
  );
  return shipped;
}

/** Null where this version has no descriptor of it. */
export const serverById = (id: string): Server | null => loadServers().find((server) => server.id === id) ?? null;

/** @throws Fault('input.server.unknown') */
export function knownServer(id: string): Server {
  const server = serverById(id);
  if (server === null)
    throw new Fault('input.server.unknown', {
      params: {
        server: id,
        known: loadServers()
          .map((each) => each.id)
          .join(', '),
      },
    });
  return server;
}

/** What is assumed where nobody says which software it is. */
export function defaultServer(): Server {
  const [first] = loadServers();
  if (first === undefined) throw new Error('no descriptor of a server software');
  return first;
}

/** The profiles that come with the product, each once. */
export function loadProfiles(): Profile[] {
  return [...new Map(loadServers().flatMap(({ profiles }) => profiles.map((profile) => [profile.id, profile]))).values()];
}

/** @throws Fault('input.profile.unknown') */
export function profileById(id: string): Profile {
  const profiles = loadProfiles();
  const profile = profiles.find((each) => each.id === id);
  if (profile === undefined)
    throw new Fault('input.profile.unknown', { params: { profile: id, known: profiles.map((each) => each.id).join(', ') } });
  return profile;
}

/** The profile of a new credential of this software where nobody names one; null where the permissions are chosen. */
export const firstProfile = ({ profiles }: Server): Profile | null => profiles[0] ?? null;

/** The software that a profile is for where only the profile is named: the first that has it. */
export const serverOfProfile = (id: string): Server =>
  loadServers().find(({ profiles }) => profiles.some((profile) => profile.id === id)) ?? defaultServer();

/** Names of the checks of the proof that a profile has beside those that its permissions ask for; none for one of one's own. */
export const namedChecks = (profile: string): readonly string[] => loadProfiles().find(({ id }) => id === profile)?.checks ?? [];

/** Whether the names of a shipped profile still wait to be checked against the maker's documentation. */
export function isUnconfirmed(id: string): boolean {
  return loadProfiles().some((profile) => profile.id === id && profile.unconfirmed);
}
