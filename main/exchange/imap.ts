import { Fault } from '../faults.ts';
import { networkFault, withTimeLimit } from '../http/index.ts';
import type { ImapPlace, ProbeOutcome, ProbeRefusal } from './outcome.ts';

/** Longest wait for all of it: Exchange Online takes its time with a sign-in. */
const limitMs = 60_000;

export interface ImapQuestion {
  readonly accessToken: string;
  readonly mailbox: string;
}

/** What imapflow puts into its errors. */
interface ImapFailure {
  readonly authenticationFailed: boolean;
  /** `NO` or `BAD` where the server said so; empty where the connection failed. */
  readonly status: string;
  readonly text: string;
}

const textOf = (error: object, name: string): string => {
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
};

const failureOf = (error: unknown): ImapFailure => {
  const object = error instanceof Error ? error : new Error(String(error));
  return {
    authenticationFailed: 'authenticationFailed' in object && object.authenticationFailed === true,
    status: textOf(object, 'responseStatus'),
    text: textOf(object, 'responseText') || textOf(object, 'response') || object.message,
  };
};

/**
 * Exchange Online says `NO AUTHENTICATE failed.` where the permission is missing or the mailbox is not there ("Authenticate an IMAP,
 * POP or SMTP connection using OAuth"), and `BAD User is authenticated but not connected.` after a sign-in that it let through.
 */
function refusalOf({ authenticationFailed, text }: ImapFailure): ProbeRefusal {
  if (/not connected/i.test(text)) return 'not-opened';
  return authenticationFailed ? 'no-permission' : 'refused';
}

/**
 * Counts the messages in the inbox of one mailbox over IMAP with TLS (SASL XOAUTH2 or OAUTHBEARER, `STATUS`).
 *
 * @throws Fault of kind `unreachable` where nothing was decided; Fault('interrupted')
 */
export async function countByImap(
  { host, port, roots }: ImapPlace,
  { accessToken, mailbox }: ImapQuestion,
  signal?: AbortSignal,
): Promise<ProbeOutcome> {
  // Read where it is used: most runs probe nothing.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host,
    port,
    secure: true,
    auth: { user: mailbox, accessToken },
    logger: false,
    disableAutoIdle: true,
    clientInfo: { name: 'Tenant Keyring' },
    tls: { minVersion: 'TLSv1.2', ...(roots === undefined ? {} : { ca: roots }) },
  });
  // Without a listener an error of the connection would end the program; the calls below reject with it too.
  client.on('error', () => undefined);
  try {
    const count = await withTimeLimit(limitMs, signal, async () => {
      await client.connect();
      return client.status('INBOX', { messages: true });
    });
    if (count === false || count.messages === undefined) throw new Error('no number of messages was told');
    await client.logout();
    return { allowed: true, messages: count.messages };
  } catch (error) {
    if (signal?.aborted === true) throw error instanceof Fault ? error : new Fault('interrupted', { cause: error });
    const failure = failureOf(error);
    if (!failure.authenticationFailed && failure.status === '') throw networkFault(error, host);
    return { allowed: false, why: refusalOf(failure), detail: failure.text };
  } finally {
    client.close();
  }
}
