import { describe, expect, it } from 'vitest';
import { exchange, imapLines, mailbox, xoauth2 } from './exchange.ts';

type Here = Awaited<ReturnType<typeof exchange>>;

const opened = async (here: Here, objectId = here.registered.principal.id): Promise<void> => {
  await here.administer({ servicePrincipal: { appId: here.registered.application.appId, objectId } });
  await here.administer({ fullAccess: { mailbox, objectId } });
};

const session = async (here: Here, user = mailbox, resource: 'exchange' | 'graph' = 'exchange') =>
  imapLines(await here.imapPlace(), [
    `1 AUTHENTICATE XOAUTH2 ${xoauth2(user, await here.token(resource))}`,
    '2 STATUS INBOX (MESSAGES)',
    '3 STATUS INBOX (MESSAGES)',
    '4 LOGOUT',
  ]);

describe('IMAP', () => {
  it('counts the inbox for who has the permission and the mailbox', async () => {
    const here = await exchange(['IMAP.AccessAsApp']);
    await opened(here);
    const said = await session(here);
    expect(said).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready/);
    expect(said).toMatch(/1 OK AUTHENTICATE completed\.\r\n\* STATUS INBOX \(MESSAGES \d+\)\r\n2 OK STATUS completed\./);
  });

  it('asks for the token where it did not come with the command (RFC 4959)', async () => {
    const here = await exchange(['IMAP.AccessAsApp']);
    await opened(here);
    const said = await imapLines(await here.imapPlace(), [
      '1 AUTHENTICATE XOAUTH2',
      xoauth2(mailbox, await here.token()),
      '2 CAPABILITY',
      '3 LOGOUT',
    ]);
    expect(said).toMatch(/\+ \r\n1 OK AUTHENTICATE completed\.\r\n\* CAPABILITY .*AUTH=XOAUTH2/);
  });

  it.each([
    ['without the permission', ['full_access_as_app'], mailbox, 'exchange'],
    ['for a mailbox that is not there', ['IMAP.AccessAsApp'], 'nobody@contoso.example', 'exchange'],
    ['with a token of another resource', ['IMAP.AccessAsApp'], mailbox, 'graph'],
  ] as const)('lets nobody sign in %s', async (_how, roles, user, resource) => {
    const here = await exchange([...roles]);
    await opened(here);
    expect(await session(here, user, resource)).toContain('1 NO AUTHENTICATE failed.');
  });

  it('connects nobody to whom the mailbox was not opened, or with the object id of the registration', async () => {
    const here = await exchange(['IMAP.AccessAsApp']);
    const closed = '1 OK AUTHENTICATE completed.\r\n2 BAD User is authenticated but not connected.';
    expect(await session(here)).toContain(closed);
    await opened(here, here.registered.application.id);
    const said = await session(here);
    expect(said).toContain(closed);
    expect(said).toMatch(/3 BAD User is authenticated but not connected\.\r\n\* BYE Connection closed\. 14\r\n$/);
  });

  it('connects nobody where IMAP is off for the mailbox', async () => {
    const here = await exchange(['IMAP.AccessAsApp']);
    await opened(here);
    await here.administer({ mailbox, imapEnabled: false });
    expect(await session(here)).toContain('2 BAD User is authenticated but not connected.');
  });

  it('says in its own voice what it does not have, and knows no password', async () => {
    const here = await exchange(['IMAP.AccessAsApp']);
    await opened(here);
    const said = await imapLines(await here.imapPlace(), [
      '0 LOGIN admin secret',
      `1 AUTHENTICATE XOAUTH2 ${xoauth2(mailbox, await here.token())}`,
      '2 SELECT INBOX',
      '3 STATUS INBOX (UNSEEN)',
      '4 LOGOUT',
    ]);
    expect(said).toContain('0 NO LOGIN failed.');
    expect(said).toContain('2 BAD The practice tenant does not have the IMAP command SELECT.');
    expect(said).toContain('3 BAD The practice tenant does not have STATUS for anything but the messages in INBOX.');
  });

  it('works whatever becomes of EWS', async () => {
    const here = await exchange(['IMAP.AccessAsApp'], { knobs: { exchangeAhead: 400 * 86_400_000 } });
    await opened(here);
    expect(await session(here)).toContain('2 OK STATUS completed.');
  });
});
