import { expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer } from '../../main/practice/mailstore/index.ts';
import { createServerNotices } from '../../main/shell/server-notices.ts';
import { desk, type Desk } from './desk.ts';

const draft = {
  id: null,
  name: 'Contoso',
  clientId: '',
  tenant: '',
  custody: 'keyring' as const,
  fqdn: 'mailstore.example.com',
  port: '8462',
  userSignIn: true,
  server: 'mailstore-server',
  instance: '',
  profile: 'mailstore-guide',
  cloud: 'global' as const,
};

async function value<T>(outcome: Promise<{ readonly ok: boolean; readonly value?: T; readonly fault?: unknown }>): Promise<T> {
  const answered = await outcome;
  if (!answered.ok) throw new Error(JSON.stringify(answered.fault));
  return answered.value as T;
}

/** A credential with a key of ours in a practice MailStore that holds another certificate and archives with it to no end. */
async function failing(here: Desk) {
  const archive = await startPracticeArchiveServer({ kind: 'server', tenants: here.here.server.origin });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const added = await value(here.request('server:add', { name: 'Archive', address: url, user, password, keepPassword: true, pin: sha256 }));
  if (!('server' in added)) throw new Error('the certificate was accepted');
  const [ended] = (await here.setUp({ draft, certificate: null })).slice(-1);
  if (ended?.kind !== 'ended') throw new Error(JSON.stringify(ended));
  const { id, clientId, tenantId } = ended.report.credential;
  await value(here.request('server:link', { credential: id, server: added.server.id, instance: null }));
  const console = archive.console();
  const held = await console.createCredential({ name: 'Contoso', clientId: clientId ?? '', tenantId });
  const profile = console.createProfile({ name: 'M365', mailbox: 'test.mailbox@contoso.example', credentialId: held });
  await console.runProfile(profile);
  return { archive, console, server: added.server.id, id, held };
}

const look = (here: Desk, told: string[]) =>
  createServerNotices({
    services: () => here.here.services,
    practice: () => false,
    desktop: { notify: ({ body }) => void told.push(body) },
    emit: (name) => void told.push(name),
    show: () => undefined,
  }).look();

const reasonOf = async (here: Desk, id: string) =>
  (await value(here.request('credentials:list', { deleted: false }))).find((row) => row.id === id)?.reason;

it('shows what the daily look found, at the server and as the reason of the credential, until that server says otherwise', async () => {
  const here = await desk();
  const { console, archive, server, id, held } = await failing(here);
  expect([await value(here.request('server:findings', null)), await reasonOf(here, id)]).toEqual([[], null]);
  await look(here, []);
  const found = await value(here.request('server:findings', null));
  expect(found).toMatchObject([
    { finding: 'other-certificate', server, place: 'Archive / Contoso', credential: id },
    { finding: 'failing', server, place: 'Archive', credential: null, text: expect.stringContaining('AADSTS') },
  ]);
  expect(await reasonOf(here, id)).toBe('Archive holds another certificate');
  expect((await value(here.request('credential:read', { id }))).report.credential.reason).toBe('Archive holds another certificate');
  // Nobody is asked for it.
  const asked = archive.calls.length;
  await value(here.request('server:findings', null));
  expect(archive.calls.length).toBe(asked);
  // Without the credential nothing is left to do there.
  console.deleteCredential(held);
  expect(await value(here.request('server:look', { id: server }))).toEqual([]);
  expect([await value(here.request('server:findings', null)), await reasonOf(here, id)]).toEqual([[], null]);
});

it('says that runs fail as the reason of every credential in that archive', async () => {
  const here = await desk();
  const { console, id, held } = await failing(here);
  // Another application’s, so that the certificate is none of this list.
  console.editCredential(held, { clientId: crypto.randomUUID() });
  await look(here, []);
  expect(await reasonOf(here, id)).toMatch(/^runs in Archive fail since \d{4}-\d{2}-\d{2}$/);
});

it('tells the window also of what is over', async () => {
  const here = await desk();
  const { console, held } = await failing(here);
  const told: string[] = [];
  await look(here, told);
  expect(told[0]).toBe('store:changed');
  told.length = 0;
  await look(here, told);
  expect(told).toEqual([]);
  console.deleteCredential(held);
  here.here.clock.pass(86_400_000);
  await look(here, told);
  expect(told).toEqual(['store:changed']);
});

it('lets go with its server', async () => {
  const here = await desk();
  const { server, id } = await failing(here);
  await look(here, []);
  await value(here.request('server:remove', { id: server }));
  expect([await value(here.request('server:findings', null)), await reasonOf(here, id)]).toEqual([[], null]);
});
