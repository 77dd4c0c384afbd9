import { DatabaseSync } from 'node:sqlite';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFile } from '../../../main/vault/database-file.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace();

const connect = (name: string, ...more: string[]) => [
  'connect',
  '--name',
  name,
  '--app-name',
  name,
  '--key-size',
  '2048',
  '--yes',
  ...more,
];
const applicationOf = (name: string) =>
  place()
    .applications()
    .find(({ displayName }) => displayName === name);
const checksOf = (document: Document) => (document as { proof: { checks: { check: string; evidence: string }[] } }).proof.checks;

describe('a software with instances', () => {
  it('is connected with the redirect URI of the instance, which the proof finds', async () => {
    const { code, document } = await place().json(
      'spe',
      ...connect('spe', '--server', 'mailstore-spe', '--instance', 'Contoso1', '--fqdn', 'archive.example.com'),
    );
    expect(code).toBe(0);
    const redirectUri = 'https://archive.example.com/Contoso1/oidc/signin';
    expect(document).toMatchObject({
      credential: { server: 'mailstore-spe', instance: 'Contoso1', redirectUri, profile: 'mailstore-guide' },
      proof: { ok: true },
    });
    expect(applicationOf('spe')?.web?.redirectUris).toEqual([redirectUri]);
    expect(checksOf(document).find(({ check }) => check === 'redirect-uri')?.evidence).toContain(redirectUri);
    expect((await place().json('spe', 'verify', 'spe')).code).toBe(0);
  });

  it('asks for the instance, and takes none that could not stand in an address', async () => {
    const spe = connect('no', '--server', 'mailstore-spe', '--fqdn', 'archive.example.com');
    const fault = async (...more: string[]) => (await place().json('no', ...spe, ...more)).document['fault'];
    expect(await fault()).toMatchObject({ code: 'input.instance.missing' });
    expect(await fault('--instance', 'a/b')).toMatchObject({ code: 'input.instance.invalid' });
    const other = await place().json('no', ...connectArgs('no', '--instance', 'a'));
    expect(other.document['fault']).toMatchObject({ code: 'input.instance.none' });
    const path = await place().json(
      'no',
      ...connect('no', '--server', 'mailstore-spe', '--instance', 'a', '--redirect-uri', 'https://a.example/b/oidc/signin'),
    );
    expect(path.document['fault']).toMatchObject({ code: 'input.redirect-uri.path' });
  });

  it('is tracked from a list, which is read again as it was written', async () => {
    const csv = join(place().folder, 'list.csv');
    const app = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
    writeFileSync(
      csv,
      `name,tenant id,client id,server software,instance id\nOne,${app},${app},mailstore-spe,one\nTwo,${app},,mailstore-spe,a/b\n`,
    );
    const { document } = await place().json('tracked', 'track', '--csv', csv);
    expect(document).toMatchObject({
      results: [{ credential: { server: 'mailstore-spe', instance: 'one' } }, { fault: { code: 'input.instance.invalid' } }],
    });
    const named = ['track', '--name', 'three', '--tenant', app, '--client-id', app.replace('5b', '6b'), '--server', 'mailstore-spe'];
    expect((await place().json('tracked', ...named)).document).toMatchObject({ credential: { server: 'mailstore-spe', instance: null } });
    const list = join(place().folder, 'list.json');
    expect((await place().json('tracked', 'list', '--export', list)).code).toBe(0);
    expect((await place().json('again', 'track', '--list', list)).document).toMatchObject({
      results: [{ credential: { server: 'mailstore-spe', instance: 'one' } }, { credential: { instance: null } }],
    });
  });
});

describe('archiving only', () => {
  it('needs no server name, and leaves redirect URI and ID tokens away', async () => {
    const { code, document } = await place().json('archiving', ...connect('archiving', '--no-sign-in'));
    expect(code).toBe(0);
    expect(document).toMatchObject({ credential: { server: 'mailstore-server', redirectUri: null }, proof: { ok: true } });
    expect(applicationOf('archiving')?.web).toMatchObject({
      redirectUris: [],
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    });
    const names = checksOf(document).map(({ check }) => check);
    expect(names).not.toContain('redirect-uri');
    expect(names).not.toContain('id-tokens');
    const beside = await place().json('archiving', ...connect('x', '--no-sign-in', '--fqdn', 'a.example'));
    expect(beside.document['fault']).toMatchObject({ code: 'input.option.conflict' });
  });
});

describe('software without sign-in of users', () => {
  it('over IMAP gets its one permission, and the commands for the mailboxes', async () => {
    const { code, document } = await place().json('imap', ...connect('imap', '--profile', 'imap-access'));
    expect(code).toBe(0);
    expect(document).toMatchObject({ credential: { server: 'mail-protocols', redirectUri: null }, proof: { ok: true } });
    const script = checksOf(document).find(({ check }) => check === 'mailbox-permission')?.evidence;
    expect(script).toContain(`$appId = '${applicationOf('imap')?.appId}'`);
    expect(script).toContain('Add-MailboxPermission');
    expect(script).not.toContain('Add-RecipientPermission');
  });

  it('as an Exchange hybrid application waits for the certificate of Exchange', async () => {
    const hybrid = connect('hybrid', '--server', 'exchange-hybrid').filter((word) => word !== '--key-size' && word !== '2048');
    const { code, document } = await place().json('hybrid', ...hybrid);
    expect(code).toBe(10);
    expect(document).toMatchObject({ credential: { custody: 'external', state: 'waiting-certificate', profile: 'exchange-hybrid' } });
    const ours = await place().json('hybrid', ...connect('other', '--server', 'exchange-hybrid', '--custody', 'keyring'));
    expect(ours.document['fault']).toMatchObject({ code: 'input.server.custody' });
    const uri = await place().json('hybrid', ...hybrid, '--fqdn', 'a.example');
    expect(uri.document['fault']).toMatchObject({ code: 'input.server.no-user-sign-in' });
  });

  it('of Veeam has the check of its role by name, and is marked as unconfirmed', async () => {
    const { document } = await place().json('veeam', ...connect('veeam', '--server', 'veeam-m365'));
    expect(checksOf(document).map(({ check }) => check)).toContain('directory-role');
    expect(document['findings']).toEqual(expect.arrayContaining([expect.objectContaining({ finding: 'profile-unconfirmed' })]));
    const [one] = (await place().json('imap', 'list')).document['credentials'] as Document[];
    expect(one).toMatchObject({ name: 'imap', server: 'mail-protocols' });
  });

  it('with a profile of another one is refused', async () => {
    const wrong = await place().json('no', ...connect('x', '--server', 'veeam-m365', '--profile', 'imap-access'));
    expect(wrong.document['fault']).toMatchObject({ code: 'input.server.profile' });
    const unknown = await place().json('no', ...connect('x', '--server', 'nothing'));
    expect(unknown.document['fault']).toMatchObject({ code: 'input.server.unknown' });
  });
});

describe('permissions of one’s own', () => {
  it('are named one by one, and granted by their names', async () => {
    const permissions = ['--permission', 'graph/User.Read.All', '--permission', 'exchange/Exchange.ManageAsApp'];
    const { code, document } = await place().json('free', ...connect('free', ...permissions));
    expect(code).toBe(0);
    expect(document).toMatchObject({
      credential: { server: 'other', profile: expect.stringMatching(/^chosen-[0-9a-f]{8}$/) },
      proof: { ok: true },
    });
    const missing = await place().json('free', ...connect('x', '--server', 'other'));
    expect(missing.document['fault']).toMatchObject({ code: 'input.server.permissions-missing' });
    const nowhere = await place().json('free', ...connect('x', '--permission', 'graph/Nothing.Read'));
    expect(nowhere.document['fault']).toMatchObject({ code: 'registration.role-missing' });
  });

  it('are found by name in the tenant, as they are named', async () => {
    const { code, document, stderr } = await place().json('find', 'permissions', '--search', 'imap exchange');
    expect(code).toBe(0);
    expect(document).toEqual({
      permissions: [
        expect.objectContaining({
          permission: 'exchange/IMAP.AccessAsApp',
          resource: 'Office 365 Exchange Online',
          value: 'IMAP.AccessAsApp',
        }),
      ],
    });
    expect(stderr).toContain('Sign-out ');
    const all = (await place().json('find', 'permissions')).document['permissions'] as Document[];
    expect(all.length).toBeGreaterThan(30);
    expect((await place().cli('find', 'permissions', '--search', 'nothing at all')).stdout).toMatch(/fits/);
  });

  it('are kept as a profile, used by its id, and removed', async () => {
    const file = join(place().folder, 'own.json');
    const resourceAppId = '00000003-0000-0000-c000-000000000000';
    writeFileSync(
      file,
      JSON.stringify({
        id: 'mine',
        version: 1,
        permissions: [{ resourceAppId, type: 'Role', value: 'User.Read.All', why: 'lists users' }],
      }),
    );
    const kept = await place().json('kept', 'profiles', '--keep', file);
    expect(kept.document['profiles']).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'mine', servers: [] })]));
    const { document } = await place().json('kept', ...connect('mine', '--server', 'other', '--profile', 'mine'));
    expect(document).toMatchObject({ credential: { server: 'other', profile: 'mine' }, proof: { ok: true } });
    expect((await place().json('kept', 'profiles', '--remove', 'mine')).code).toBe(0);
    expect((await place().json('kept', 'verify', 'mine')).code).toBe(0);
    const gone = await place().json('kept', ...connect('again', '--no-sign-in', '--profile', 'mine'));
    expect(gone.document['fault']).toMatchObject({ code: 'input.profile.unknown' });
  });
});

it('software that this version does not describe keeps working, and says so', async () => {
  await place().json('gone', ...connectArgs('gone'));
  const folder = place().data('gone');
  const inside = readdirSync(folder, { recursive: true })
    .map(String)
    .find((path) => path.endsWith(databaseFile));
  const database = new DatabaseSync(join(folder, inside ?? databaseFile));
  database.exec(`UPDATE credential SET document = json_set(document, '$.server.id', 'of-tomorrow')`);
  database.close();
  const { code, document } = await place().json('gone', 'verify', 'gone');
  expect(code).toBe(0);
  expect(document).toMatchObject({ credential: { server: 'of-tomorrow' }, proof: { ok: true } });
  expect(document['findings']).toEqual(
    expect.arrayContaining([expect.objectContaining({ finding: 'server-gone', text: expect.stringContaining('of-tomorrow') })]),
  );
  expect((await place().json('gone', 'rotate', 'gone', '--yes')).code).toBe(0);
});

it('servers lists what can be named', async () => {
  const { document } = await place().json('no', 'servers');
  expect((document['servers'] as Document[]).map(({ id }) => id)).toContain('mailstore-spe');
  expect((await place().cli('no', 'servers', '--lang', 'de')).stdout).toContain('/{instance}/oidc/signin');
});
