import type { ArchivingProfile } from './instance.ts';
import { TenantRefusal, type TenantClient } from './tenant-client.ts';

/** Roles of Microsoft Graph with which a mailbox can be archived; `Mail.ReadBasic` has no bodies. */
const graphMail = new Set(['Mail.Read', 'Mail.ReadWrite']);

export interface Mailboxes {
  /** How many messages have come since the last run. Our own choice: no mailbox content is simulated in the tenant. */
  readonly newMessages: number;
  /** What Exchange Online does with EWS since it is being switched off. */
  readonly ewsBlocked: boolean;
}

const denied = (): TenantRefusal =>
  new TenantRefusal('The remote server returned an error: (403) ErrorAccessDenied: Access is denied. Check credentials and try again.');

type Token = Awaited<ReturnType<TenantClient['token']>>;

const mayRead = ({ roles }: Token): boolean => roles.some((role) => graphMail.has(role));

/** EWS and IMAP are not spoken here: that the mailbox exists is read from the directory, where the profile may read it. */
async function requireMailbox(client: TenantClient, { accessToken }: Token, mailbox: string): Promise<void> {
  const users = await client.users(accessToken);
  const known = users.some(({ userPrincipalName }) => userPrincipalName.toLowerCase() === mailbox.toLowerCase());
  if (!known) throw new TenantRefusal('The SMTP address has no mailbox associated with it.');
}

/** A mailbox, and by what it is archived. */
type Source = Pick<ArchivingProfile, 'mailbox' | 'protocol'>;

/**
 * Archives the mailbox of one profile by what the profile says: Microsoft Graph, EWS or IMAP. One that says nothing goes by what the
 * credential permits: Microsoft Graph where it may read mail there, else EWS.
 *
 * @returns how many messages
 * @throws TenantRefusal
 */
export async function archiveMailbox(client: TenantClient, { mailbox, protocol }: Source, conduct: Mailboxes): Promise<number> {
  const { newMessages, ewsBlocked } = conduct;
  const graph = await client.token('graph');
  if (protocol === 'Graph' || (protocol === null && mayRead(graph))) {
    if (!mayRead(graph)) throw denied();
    await client.openMailbox(graph.accessToken, mailbox);
    return newMessages;
  }
  const exchange = await client.token('exchange');
  if (protocol === 'IMAP') {
    if (!exchange.roles.includes('IMAP.AccessAsApp')) throw new TenantRefusal('AUTHENTICATE failed.');
  } else {
    if (!exchange.roles.includes('full_access_as_app')) throw denied();
    if (ewsBlocked) throw new TenantRefusal('The remote server returned an error: (403) Forbidden.');
  }
  await requireMailbox(client, graph, mailbox);
  return newMessages;
}
