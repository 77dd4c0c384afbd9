import { Fault } from '../faults.ts';
import type { DirectoryServices, HeldCredential } from './archive.ts';
import type { ServerConnection } from './connection.ts';
import { isOfTheServer, runningInstance, stoppedFault } from './overview.ts';

/** What an archive holds, for a list of credentials. */
export interface ArchiveHoldings {
  readonly credentials: readonly HeldCredential[];
  /** Null where they could not be read. */
  readonly directory: DirectoryServices | null;
  /** Names of the profiles that archive by EWS; null where profiles could not be read. */
  readonly ews: readonly string[] | null;
  /** MailStore's version: that of the instance, where it has one of its own, else that of the server. */
  readonly version: string;
}

/** One instance, or the archive of a MailStore Server (`instance` null). */
export type InstanceHoldings = { readonly instance: string | null } & ({ readonly holdings: ArchiveHoldings } | { readonly fault: Fault });

export interface HoldingsOptions {
  /** In the order of the instances, whichever answered first; one after the other. */
  readonly onEach: (each: InstanceHoldings) => Promise<void>;
  /** Instances that have answered. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** So many instances are asked at a time. */
const lanes = 8;

/** What is not decisive may stay unknown; what stands for the whole server may not. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault && !isOfTheServer(error)) return null;
    throw error;
  }
}

async function holdingsOf(connection: ServerConnection, instance: string | null): Promise<ArchiveHoldings> {
  const credentials = await connection.credentials(instance);
  const own = (await connection.instances()).find(({ id }) => id === instance);
  const version = own?.version ?? connection.version;
  // An archive without one of Microsoft 365 has nothing more to say here.
  if (credentials.length === 0) return { credentials, directory: null, ews: [], version };
  const [directory, profiles] = await Promise.all([
    orNull(() => connection.directoryServices(instance)),
    orNull(() => connection.profiles(instance)),
  ]);
  return { credentials, directory, ews: profiles?.flatMap(({ name, ews }) => (ews ? [name] : [])) ?? null, version };
}

async function readOne(connection: ServerConnection, name: string, instance: string, status: string): Promise<InstanceHoldings> {
  if (status.toLowerCase() !== 'running') return { instance, fault: stoppedFault(instance, name) };
  try {
    return { instance, holdings: await holdingsOf(connection, instance) };
  } catch (error) {
    if (error instanceof Fault && !isOfTheServer(error)) return { instance, fault: error };
    throw error;
  }
}

/**
 * What every running instance holds, a few at a time; of a MailStore Server its one archive. An instance that refuses stops no other.
 *
 * @param instance one alone; null = all of them
 * @throws Fault what would stop every one of them, interrupted
 */
export async function readHoldings(
  connection: ServerConnection,
  name: string,
  instance: string | null,
  { onEach, onProgress, signal }: HoldingsOptions,
): Promise<void> {
  if (connection.kind === 'server' || instance !== null) {
    const meant = await runningInstance(connection, name, instance);
    await onEach({ instance: meant, holdings: await holdingsOf(connection, meant) });
    onProgress(1, 1);
    return;
  }
  const all = await connection.instances();
  const open = all.entries();
  const answered = new Map<number, InstanceHoldings>();
  let done = 0;
  let told = 0;
  let telling = Promise.resolve();
  const tell = async (): Promise<void> => {
    for (let next = answered.get(told); next !== undefined; next = answered.get(told)) {
      answered.delete(told);
      told += 1;
      await onEach(next);
    }
  };
  const lane = async (): Promise<void> => {
    for (const [index, { id, status }] of open) {
      if (signal?.aborted === true) throw new Fault('interrupted', { cause: signal.reason });
      answered.set(index, await readOne(connection, name, id, status));
      done += 1;
      onProgress(done, all.length);
      telling = telling.then(tell);
      await telling;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, all.length) }, lane));
  const failure = ended.find((each) => each.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
