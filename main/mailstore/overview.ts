import { Fault } from '../faults.ts';
import type { FinishedRun, HeldCredential } from './archive.ts';
import type { ServerConnection } from './connection.ts';
import { summaryOf } from './runs.ts';

/** A credential of a server, and whether its directory services use it. */
export interface ShownCredential extends HeldCredential {
  readonly selected: boolean;
}

/** What one archive says of itself. */
export interface ArchiveOverview {
  readonly credentials: readonly ShownCredential[];
  /** Redirect URI of its directory services; null where they are not those of Microsoft 365. */
  readonly redirectUri: string | null;
  readonly runs: {
    /** Times are those of the server's own zone, which it does not tell. */
    readonly last: Pick<FinishedRun, 'id' | 'result' | 'itemsArchived' | 'completedAt'> | null;
    readonly failingSince: string | null;
  };
}

/** @param instance null on a Server @throws Fault server.* */
export async function readOverview(connection: ServerConnection, instance: string | null): Promise<ArchiveOverview> {
  const [credentials, directory, runs] = await Promise.all([
    connection.credentials(instance),
    connection.directoryServices(instance),
    connection.runs(instance),
  ]);
  const { last, failingSince } = summaryOf(runs);
  return {
    credentials: credentials.map((held) => ({ ...held, selected: held.id === directory.credentialId })),
    redirectUri: directory.redirectUri,
    runs: {
      last: last === null ? null : { id: last.id, result: last.result, itemsArchived: last.itemsArchived, completedAt: last.completedAt },
      failingSince,
    },
  };
}

/** One instance: what it says, or why it says nothing. */
export type InstanceOverview = { readonly instance: string } & ({ readonly overview: ArchiveOverview } | { readonly fault: Fault });

/** So many instances are asked at a time. */
const lanes = 4;

/** What would stop every instance alike: nothing more is asked then. */
const ofTheServer: ReadonlySet<string> = new Set([
  'server.login-refused',
  'server.certificate-changed',
  'server.not-permitted',
  'server.unreachable',
  'server.too-slow',
  'interrupted',
]);

/** Whether it stops every instance alike. */
export const isOfTheServer = ({ code }: Fault): boolean => ofTheServer.has(code);

/** Only running ones answer. */
export const stoppedFault = (instance: string, name: string): Fault => new Fault('server.instance-stopped', { params: { instance, name } });

/**
 * Every instance of a Service Provider Edition, a few at a time. One that is stopped or refuses stops no other.
 *
 * @throws Fault what would stop every one of them
 */
export async function readInstances(connection: ServerConnection, name: string): Promise<readonly InstanceOverview[]> {
  const open = (await connection.instances()).map((each, index) => ({ ...each, index }));
  const found: InstanceOverview[] = [];
  const next = async (): Promise<void> => {
    for (let each = open.shift(); each !== undefined; each = open.shift()) {
      const { id, status, index } = each;
      found[index] = await readOne(connection, name, id, status);
    }
  };
  await Promise.all(Array.from({ length: lanes }, next));
  return found;
}

/**
 * The archives of a server: the one of a MailStore Server (`instance` empty), one instance, or each.
 *
 * @param instance null = each
 * @throws Fault as `readInstances`, and as `runningInstance` where one is meant
 */
export async function readArchives(
  connection: ServerConnection,
  name: string,
  instance: string | null,
): Promise<readonly InstanceOverview[]> {
  const meant = instance === null ? null : await runningInstance(connection, name, instance);
  if (meant !== null) return [{ instance: meant, overview: await readOverview(connection, meant) }];
  if (connection.kind === 'spe') return readInstances(connection, name);
  return [{ instance: '', overview: await readOverview(connection, null) }];
}

async function readOne(connection: ServerConnection, name: string, instance: string, status: string): Promise<InstanceOverview> {
  if (status.toLowerCase() !== 'running') return { instance, fault: stoppedFault(instance, name) };
  try {
    return { instance, overview: await readOverview(connection, instance) };
  } catch (error) {
    if (error instanceof Fault && !isOfTheServer(error)) return { instance, fault: error };
    throw error;
  }
}

/** Any instance that runs; null on a Server, and where none does. */
export async function anyRunningInstance(connection: ServerConnection): Promise<string | null> {
  return (await connection.instances()).find(({ status }) => status.toLowerCase() === 'running')?.id ?? null;
}

/**
 * The instance that is meant, if it runs.
 *
 * @returns null on a Server
 * @throws Fault server.instance-unknown, server.instance-stopped, server.instance-none
 */
export async function runningInstance(connection: ServerConnection, name: string, instance: string | null): Promise<string | null> {
  if (connection.kind === 'server') {
    if (instance !== null) throw new Fault('server.instance-none', { params: { name } });
    return null;
  }
  const all = await connection.instances();
  const found = all.find(({ id }) => id.toLowerCase() === instance?.toLowerCase());
  if (found === undefined)
    throw new Fault('server.instance-unknown', {
      params: { name, instance: instance ?? '–', instances: all.map(({ id }) => id).join(', ') || '–' },
    });
  if (found.status.toLowerCase() !== 'running') throw stoppedFault(found.id, name);
  return found.id;
}
