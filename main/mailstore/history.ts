import { Fault } from '../faults.ts';
import type { FinishedRun, HeldCredential } from './archive.ts';
import type { ServerConnection } from './connection.ts';
import { isOfTheServer, stoppedFault } from './overview.ts';
import { emptySince, failingRuns, lastArchived } from './runs.ts';

/** What an archive has done in the last month. */
export interface ArchivePast {
  readonly credentials: readonly HeldCredential[];
  /** Runs that failed one after the other until now; times in the server's own zone. `reason`: the last one's report, where readable. */
  readonly failing: { readonly since: string; readonly runs: number; readonly reason: string | null } | null;
  /** When something was archived last, where that is longer ago than is usual there; the server's own zone. */
  readonly emptySince: string | null;
  /** When the last run that archived anything ended; the server's own zone. */
  readonly lastArchived: string | null;
}

/** One instance (null where the server has one archive), or why it says nothing. */
export type ArchiveHistory = { readonly instance: string | null } & (ArchivePast | { readonly fault: Fault });

/** A text wherever the report has one: how it is made is not known. */
function textIn(report: unknown): string | null {
  if (typeof report === 'string') return report.trim() === '' ? null : report;
  if (typeof report !== 'object' || report === null) return null;
  for (const part of Object.values(report)) {
    const found = textIn(part);
    if (found !== null) return found;
  }
  return null;
}

async function reasonOf(connection: ServerConnection, instance: string | null, { id }: FinishedRun): Promise<string | null> {
  try {
    return textIn(await connection.report(instance, id));
  } catch (error) {
    if (error instanceof Fault && !isOfTheServer(error)) return null;
    throw error;
  }
}

async function pastOf(connection: ServerConnection, instance: string | null): Promise<ArchivePast> {
  const credentials = await connection.credentials(instance);
  // Without a credential of Microsoft 365 its runs are nobody's business here.
  if (credentials.length === 0) return { credentials, failing: null, emptySince: null, lastArchived: null };
  const runs = await connection.history(instance);
  const failing = failingRuns(runs);
  const [last] = failing;
  const first = failing.at(-1);
  return {
    credentials,
    failing:
      last === undefined || first === undefined
        ? null
        : { since: first.completedAt, runs: failing.length, reason: await reasonOf(connection, instance, last) },
    emptySince: last === undefined ? emptySince(runs) : null,
    lastArchived: lastArchived(runs)?.completedAt ?? null,
  };
}

async function historyOf(connection: ServerConnection, instance: string | null): Promise<ArchiveHistory> {
  try {
    return { instance, ...(await pastOf(connection, instance)) };
  } catch (error) {
    if (error instanceof Fault && !isOfTheServer(error)) return { instance, fault: error };
    throw error;
  }
}

/** So many instances are asked at a time. */
const lanes = 4;

/**
 * Credentials and runs of every archive of a server, a few at a time.
 *
 * @throws Fault what would stop every one of them, interrupted
 */
export async function readHistory(connection: ServerConnection, name: string, signal?: AbortSignal): Promise<readonly ArchiveHistory[]> {
  if (connection.kind === 'server') return [await historyOf(connection, null)];
  const all = await connection.instances();
  const open = all.entries();
  const found: ArchiveHistory[] = [];
  const lane = async (): Promise<void> => {
    for (const [index, { id, status }] of open) {
      if (signal?.aborted === true) throw new Fault('interrupted', { cause: signal.reason });
      found[index] = status.toLowerCase() === 'running' ? await historyOf(connection, id) : { instance: id, fault: stoppedFault(id, name) };
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
