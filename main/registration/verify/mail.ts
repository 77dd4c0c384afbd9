import { z } from 'zod';
import { GraphFailure, isOutage, shaped, type Directory } from '../../directory/index.ts';
import type { MailProbes, ProbeOutcome, ProbeRefusal } from '../../exchange/index.ts';
import { mailWays, type MailWay, type ProfileReference } from '../../servers/index.ts';

/** The ways that can be tried from here. */
export type ProbedWay = Exclude<MailWay, 'other'>;

/** What came of counting the inbox of the one mailbox that an administrator named, by each way of the profile that there is a token for. */
export interface MailEvidence {
  readonly mailbox: string;
  readonly outcomes: Readonly<Partial<Record<ProbedWay, ProbeOutcome>>>;
}

export interface MailQuestion {
  readonly mailbox: string;
  readonly profile: Pick<ProfileReference, 'permissions'>;
  /** Fresh app-only tokens; null where there is none. */
  readonly tokens: Readonly<Record<'graph' | 'exchange', { readonly accessToken: string; readonly roles: readonly string[] } | null>>;
  readonly directoryWith: (accessToken: string) => Directory;
  readonly probes: MailProbes;
  readonly signal?: AbortSignal;
}

const folder = z.object({ totalItemCount: z.number() });

/** Codes by which Exchange answers for mailboxes in Microsoft Graph ("Get mailFolder"; threads about each). */
const noMailbox: ReadonlySet<string> = new Set([
  'ErrorInvalidUser',
  'MailboxNotEnabledForRESTAPI',
  'ErrorNonExistentMailbox',
  'Request_ResourceNotFound',
]);

function refusalOf({ code, status }: GraphFailure, roles: readonly string[]): ProbeRefusal {
  if (noMailbox.has(code)) return 'no-mailbox';
  if (status !== 403) return 'refused';
  return roles.some((role) => role.startsWith('Mail.Read')) ? 'out-of-scope' : 'no-permission';
}

/** Counts by Microsoft Graph: `mailFolders/inbox?$select=totalItemCount`. @throws GraphFailure where nothing was decided */
async function countByGraph({ mailbox, tokens, directoryWith, signal }: MailQuestion): Promise<ProbeOutcome | null> {
  if (tokens.graph === null) return null;
  const path = `/users/${encodeURIComponent(mailbox)}/mailFolders/inbox?$select=totalItemCount`;
  try {
    const { totalItemCount } = shaped(folder, await directoryWith(tokens.graph.accessToken).read(path, signal));
    return { allowed: true, messages: totalItemCount };
  } catch (error) {
    if (!(error instanceof GraphFailure) || isOutage(error)) throw error;
    return { allowed: false, why: refusalOf(error, tokens.graph.roles), detail: `${error.code}: ${error.message}` };
  }
}

/**
 * Tries each way of the profile at once. Counts, and reads nothing.
 *
 * @throws GraphFailure and Fault of kind `unreachable` where a service decided nothing, Fault('interrupted')
 */
export async function gatherMail(question: MailQuestion): Promise<MailEvidence> {
  const { mailbox, profile, tokens, probes, signal } = question;
  const { exchange } = tokens;
  const ways = mailWays(profile);
  const tries: readonly (readonly [ProbedWay, () => Promise<ProbeOutcome | null>])[] = [
    ['ews', async () => (exchange === null ? null : probes.ews(exchange.accessToken, mailbox, signal))],
    ['graph', () => countByGraph(question)],
    ['imap', async () => (exchange === null ? null : probes.imap(exchange.accessToken, mailbox, signal))],
  ];
  const tried = await Promise.all(tries.filter(([way]) => ways.has(way)).map(async ([way, ask]) => [way, await ask()] as const));
  return { mailbox, outcomes: Object.fromEntries(tried.filter(([, outcome]) => outcome !== null)) };
}
