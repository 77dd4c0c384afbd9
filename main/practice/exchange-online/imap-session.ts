import { clouds } from '../../clouds/index.ts';
import { notSimulatedText } from '../not-simulated.ts';
import { readExchangeToken, type Realm } from '../identity/index.ts';
import { inboxCount, mailboxWith, mayOpenByImap, type StoredUser } from './mailboxes.ts';
import { takesImap } from './settings.ts';

/** What goes back for one line. */
export interface ImapAnswer {
  readonly lines: readonly string[];
  /** The connection ends after it. */
  readonly ends: boolean;
}

export interface ImapSession {
  readonly greeting: string;
  /** @param line without its end */
  answer(line: string): Promise<ImapAnswer>;
}

/** As Exchange Online says it (captures of issue threads: simonrob/email-oauth2-proxy 74, jstedfast/MailKit 1494, 1496). */
const greeting = '* OK The Microsoft Exchange IMAP4 service is ready.';
const capabilities = 'CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const notConnected = 'User is authenticated but not connected.';

const said = (...lines: string[]): ImapAnswer => ({ lines, ends: false });

/** `user=…^Aauth=Bearer …^A^A` in base64 ("Authenticate an IMAP, POP or SMTP connection using OAuth"); null where it is another text. */
function xoauth2(text: string): { readonly user: string; readonly token: string } | null {
  const [user = '', auth = '', ...end] = Buffer.from(text, 'base64').toString('utf8').split('\u0001');
  const isWhole = user.startsWith('user=') && /^auth=Bearer [^ ]+$/.test(auth) && end.length === 2 && end.join('') === '';
  return isWhole ? { user: user.slice(5), token: auth.slice(12) } : null;
}

type State =
  | { readonly is: 'new' }
  | { readonly is: 'authenticating'; readonly tag: string }
  /** Exchange says that sign-in worked, and refuses whatever comes then. */
  | { readonly is: 'not-connected'; readonly refused: number }
  | { readonly is: 'open'; readonly mailbox: StoredUser };

/**
 * Who signs in with a token: refused at once without the permission or a mailbox of this name; let in and not connected where the
 * mailbox was not opened to the service principal, or IMAP is off there (the sentence is the same in all threads about either).
 */
async function signedIn(text: string, realm: Realm): Promise<State> {
  const given = xoauth2(text);
  if (given === null) return { is: 'new' };
  const caller = await readExchangeToken(`Bearer ${given.token}`, Object.values(clouds), realm);
  if ('refused' in caller || !caller.bearer.roles.includes('IMAP.AccessAsApp')) return { is: 'new' };
  const mailbox = mailboxWith(caller.bearer.tenant, given.user);
  if (mailbox === undefined) return { is: 'new' };
  const opened = mayOpenByImap(caller.bearer, given.user) && takesImap(caller.bearer.tenant, given.user);
  return opened ? { is: 'open', mailbox } : { is: 'not-connected', refused: 0 };
}

/** `STATUS INBOX (MESSAGES)` alone: it counts. */
function statusOf(tag: string, rest: string, mailbox: StoredUser): ImapAnswer {
  const [, name = '', items = ''] = /^"?([^"\s]+)"?\s+\(([^)]*)\)$/.exec(rest) ?? [];
  if (name === '') return said(`${tag} BAD Command Argument Error. 11`);
  if (name.toUpperCase() !== 'INBOX' || items.toUpperCase() !== 'MESSAGES')
    return said(`${tag} BAD ${notSimulatedText('STATUS for anything but the messages in INBOX')}`);
  return said(`* STATUS INBOX (MESSAGES ${inboxCount(mailbox)})`, `${tag} OK STATUS completed.`);
}

/** One IMAP connection to Exchange Online (RFC 3501, RFC 4959), as far as a probe needs it. */
export function openImapSession(realm: Realm): ImapSession {
  let state: State = { is: 'new' };

  const authenticate = async (tag: string, text: string): Promise<ImapAnswer> => {
    state = await signedIn(text, realm);
    return said(state.is === 'new' ? `${tag} NO AUTHENTICATE failed.` : `${tag} OK AUTHENTICATE completed.`);
  };

  const beforeSignIn = (tag: string, verb: string, rest: string): ImapAnswer | Promise<ImapAnswer> => {
    if (verb === 'LOGIN') return said(`${tag} NO LOGIN failed.`); // basic authentication is off (techcommunity 3772210)
    if (verb !== 'AUTHENTICATE') return said(`${tag} BAD Command received in Invalid state.`);
    const [mechanism = '', initial] = rest.split(' ');
    if (mechanism.toUpperCase() !== 'XOAUTH2') return said(`${tag} NO AUTHENTICATE failed.`);
    if (initial !== undefined) return authenticate(tag, initial);
    state = { is: 'authenticating', tag };
    return said('+ ');
  };

  const unconnected = (tag: string, refused: number): ImapAnswer => {
    state = { is: 'not-connected', refused: refused + 1 };
    const refusal = `${tag} BAD ${notConnected}`;
    return refused === 0 ? said(refusal) : { lines: [refusal, '* BYE Connection closed. 14'], ends: true };
  };

  return {
    greeting,
    answer: async (line) => {
      if (state.is === 'authenticating') return authenticate(state.tag, line);
      const [, tag = '*', word = '', rest = ''] = /^([^\s]+) ([A-Za-z]+)(?: (.*))?$/.exec(line) ?? [];
      const verb = word.toUpperCase();
      if (verb === 'CAPABILITY') return said(`* ${capabilities}`, `${tag} OK CAPABILITY completed.`);
      if (verb === 'NOOP') return said(`${tag} OK NOOP completed.`);
      if (verb === 'ID') return said('* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")', `${tag} OK ID completed`);
      if (verb === 'LOGOUT')
        return { lines: ['* BYE Microsoft Exchange Server IMAP4 server signing off.', `${tag} OK LOGOUT completed.`], ends: true };
      if (verb === '') return said(`${tag} BAD Command Error. 12`);
      if (state.is === 'new') return beforeSignIn(tag, verb, rest);
      if (state.is === 'not-connected') return unconnected(tag, state.refused);
      if (verb === 'NAMESPACE') return said('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK NAMESPACE completed.`);
      if (verb === 'STATUS') return statusOf(tag, rest, state.mailbox);
      return said(`${tag} BAD ${notSimulatedText(`the IMAP command ${verb}`)}`);
    },
  };
}
