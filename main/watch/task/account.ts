import { Fault } from '../../faults.ts';

/** Built-in accounts in the languages of this program, and service identities; each has a profile without our data. */
const serviceAccounts =
  /^(?:(?:nt[ -]?authority|nt-autorit(?:ä|ae)t|autorit(?:e|é) nt|nt service|iis apppool)\\.*|(?:.*\\)?(?:system|syst(?:è|e)me|local service|network service|lokaler dienst|netzwerkdienst|service local|service r(?:é|e)seau)|s-1-5-(?:18|19|20|6|80-.*|82-.*))$/i;

/**
 * The account a task may run under: a person's. Data and keys belong to one Windows user, so a service account, SYSTEM or
 * a managed service account (gMSA; its name ends with `$`, as that of a computer) would find neither.
 *
 * @returns the name as it was given, trimmed
 * @throws Fault task.account-unsuitable
 */
export function taskAccount(name: string): string {
  const account = name.trim();
  if (account === '' || account.endsWith('\\') || account.endsWith('$') || serviceAccounts.test(account))
    throw new Fault('task.account-unsuitable', { params: { account: account || '–' } });
  return account;
}

/**
 * Who is signed in to this Windows.
 *
 * @throws Fault task.account-unsuitable, task.account-unknown where this is not Windows
 */
export function currentAccount(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const { USERNAME: user, USERDOMAIN: domain } = env;
  if (platform !== 'win32' || user === undefined || user === '') throw new Fault('task.account-unknown');
  return taskAccount(domain === undefined || domain === '' ? user : `${domain}\\${user}`);
}
