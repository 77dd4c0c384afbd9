import { join } from 'node:path';
import { z } from 'zod';
import { asFault, Fault, faultTable, type FaultCode } from '../faults.ts';
import type { Log } from '../log/index.ts';
import { readHistory, type ArchiveHistory, type Servers } from '../mailstore/index.ts';
import { cutText, visibleLine } from '../visible-text.ts';
import { recall, remember } from './remembered.ts';

const fault = z.strictObject({
  code: z.custom<FaultCode>((code) => typeof code === 'string' && Object.hasOwn(faultTable, code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** A fault as it is kept: its text is made when it is shown. */
export type StoredFault = z.infer<typeof fault>;

const archive = z.strictObject({
  /** Null where the server has one archive. */
  instance: z.string().nullable(),
  credentials: z.array(
    z.strictObject({
      id: z.int(),
      name: z.string(),
      clientId: z.string(),
      tenantId: z.string(),
      thumbprint: z.string(),
      notAfter: z.iso.datetime(),
    }),
  ),
  runs: z.strictObject({
    /** In the server's own time; null where the last run did not fail. */
    failing: z.strictObject({ since: z.string(), runs: z.int(), reason: z.string().nullable() }).nullable(),
    /** When something was archived last, where that is longer ago than is usual there. */
    emptySince: z.string().nullable(),
    /** When the last run that archived anything ended. */
    lastArchived: z.string().nullable().default(null),
  }),
  fault: fault.nullable(),
});
/** What one archive said when it was asked last. */
export type AskedArchive = z.infer<typeof archive>;

const answer = z.strictObject({
  server: z.string(),
  name: z.string(),
  /** ISO 8601 UTC. */
  askedAt: z.iso.datetime(),
  archives: z.array(archive),
  /** Why the whole server said nothing. */
  fault: fault.nullable(),
});
/** What one server said when it was asked last. */
export type AskedAnswer = z.infer<typeof answer>;

const fileIn = (directory: string): string => join(directory, 'watch-servers.json');

/** What the servers said when they were asked last. Never throws: what cannot be read counts as never asked. */
export const lastAnswers = (directory: string): Promise<readonly AskedAnswer[]> => recall(fileIn(directory), z.array(answer), []);

const storedFault = (error: unknown): StoredFault => {
  const { code, params } = asFault(error);
  return { code, params: { ...params } };
};

/** Characters of a reason that are kept: the first line says it, and the rest may hold names of mailboxes. */
const longestReason = 200;

const shortReason = (reason: string | null): string | null =>
  reason === null ? null : cutText(visibleLine(reason.split(/\r?\n/)[0] ?? ''), longestReason);

function archiveOf(each: ArchiveHistory): AskedArchive {
  const { instance } = each;
  const nothing = { failing: null, emptySince: null, lastArchived: null };
  if ('fault' in each) return { instance, credentials: [], runs: nothing, fault: storedFault(each.fault) };
  const { credentials, failing, emptySince, lastArchived } = each;
  return {
    instance,
    credentials: credentials.map(({ type: _type, ...held }) => ({ ...held, notAfter: new Date(held.notAfter).toISOString() })),
    runs: { failing: failing === null ? null : { ...failing, reason: shortReason(failing.reason) }, emptySince, lastArchived },
    fault: null,
  };
}

export interface AskServers {
  readonly servers: Pick<Servers, 'list' | 'ask'>;
  readonly directory: string;
  readonly now: Date;
  readonly log: Log;
  /** Id of the one server that is asked, whenever it was asked before; of the others stays what they said. */
  readonly only?: string;
  readonly signal?: AbortSignal;
}

/** Milliseconds; less than a day, so that a task that runs each morning asks each morning. */
const oneDay = 20 * 60 * 60 * 1000;

async function asked({ servers, now, signal }: AskServers, server: string, name: string): Promise<AskedAnswer> {
  const told = { server, name, askedAt: now.toISOString() };
  try {
    const options = signal === undefined ? {} : { signal };
    const archives = await servers.ask(server, (connection) => readHistory(connection, name, signal), options);
    return { ...told, archives: archives.map(archiveOf), fault: null };
  } catch (error) {
    if (signal?.aborted === true) throw new Fault('interrupted', { cause: error });
    return { ...told, archives: [], fault: storedFault(error) };
  }
}

/**
 * Asks every server that was not asked in the last day, one after the other, and remembers what each said. One that says nothing
 * stops no other, and is asked again the next time.
 *
 * @throws Fault interrupted; what was said until then is kept
 */
export async function askServersDaily(options: AskServers): Promise<readonly AskedAnswer[]> {
  const { servers, directory, now, log, only } = options;
  const before = await lastAnswers(directory);
  const answers: AskedAnswer[] = [];
  const all = servers.list();
  if (all.length === 0 && before.length === 0) return [];
  try {
    for (const { id, name } of all) {
      const known = before.find((each) => each.server === id);
      const age = known === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(known.askedAt);
      const isFresh = known !== undefined && known.fault === null && age >= 0 && age < oneDay;
      const isAsked = only === undefined ? !isFresh : id === only;
      if (isAsked) answers.push(await asked(options, id, name));
      else if (known !== undefined) answers.push({ ...known, name });
    }
  } finally {
    await remember(fileIn(directory), answers, log, 'watch.servers-not-remembered');
  }
  return answers;
}
