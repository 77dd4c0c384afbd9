import { TenantRefusal, type TenantClient } from './tenant-client.ts';

/** Roles of Microsoft Graph with which a mailbox can be archived; `Mail.ReadBasic` has no bodies. */
const graphMail = new Set(['Mail.Read', 'Mail.ReadWrite']);

export interface Mailboxes {
  /** How many messages have come since the last run. Our own choice: no mailbox content is simulated in the tenant. */
  readonly newMessages: number;
  /** What Exchange Online does with EWS since it is being switched off. */
  readonly ewsBlocked: boolean;
}

const denied = () =>
  new TenantRefusal('The remote server returned an error: (403) ErrorAccessDenied: Access is denied. Check credentials and try again.');

/**
 * Archives the mailbox of one profile the way that the profile says; one that says none goes by what the credential permits: Microsoft
 * Graph where it may read mail there, else EWS.
 *
 * @returns how many messages
 * @throws TenantRefusal
 */
export async function archiveMailbox(
  client: TenantClient,
  { mailbox, protocol }: { readonly mailbox: string; readonly protocol: 'EWS' | 'Graph' | null },
  { newMessages, ewsBlocked }: Mailboxes,
): Promise<number> {
  const graph = await client.token('graph');
  if (protocol !== 'EWS' && graph.roles.some((role) => graphMail.has(role))) {
    await client.openMailbox(graph.accessToken, mailbox);
    return newMessages;
  }
  if (protocol === 'Graph') throw denied();
  const exchange = await client.token('exchange');
  if (!exchange.roles.includes('full_access_as_app')) throw denied();
  if (ewsBlocked) throw new TenantRefusal('The remote server returned an error: (403) Forbidden.');
  // EWS itself is not simulated: that the mailbox exists is read from the directory, where the profile may read it.
  const users = await client.users(graph.accessToken);
  const known = users.some(({ userPrincipalName }) => userPrincipalName.toLowerCase() === mailbox.toLowerCase());
  if (!known) throw new TenantRefusal('The SMTP address has no mailbox associated with it.');
  return newMessages;
}
