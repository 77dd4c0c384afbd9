import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace();

interface Shown {
  readonly state: string;
  readonly handover: Record<string, unknown> | null;
  readonly certificate: { readonly thumbprint: string };
}

const credentialIn = (document: Document) => document['credential'] as Shown & { readonly clientId: string; readonly tenantId: string };

it('a rotation in the server is followed and proven by it: the old key credential goes only after a run has archived', async () => {
  const data = 'rotating';
  const archive = await startPracticeArchiveServer({ kind: 'server', tenants: place().server.origin });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const file = join(place().folder, 'password');
  writeFileSync(file, password);
  await place().cli(data, 'server', 'add', 'Archive', '--address', url, '--user', user, '--password-file', file, '--pin', sha256);
  const args = connectArgs(data, '--custody', 'external', '--mailstore', 'Archive').filter((arg) => arg !== '--key-size' && arg !== '2048');
  const { clientId, tenantId } = credentialIn((await place().json(data, ...args)).document);
  const console = archive.console();
  const held = await console.createCredential({ name: 'Contoso', clientId, tenantId });
  console.selectInDirectoryServices(held, { redirectUrl: 'https://mailstore.example.com:8462/oidc/signin' });
  const profile = console.createProfile({ name: 'M365', mailbox: 'test.mailbox@contoso.example', credentialId: held });
  const certificate = (name: string) => {
    const path = join(place().folder, name);
    writeFileSync(path, console.downloadCertificate(held));
    return path;
  };
  await place().json(data, ...args, '--certificate', certificate('first.cer'));
  await console.runProfile(profile);
  const first = credentialIn((await place().json(data, 'verify', data, '--test-users', '--test-address')).document);
  expect(first).toMatchObject({ state: 'proven', handover: { word: 'server', by: 'Archive' } });
  const published = () =>
    place()
      .applications()
      .find((each) => each.appId === clientId)?.keyCredentials?.length;

  await console.createCertificate(held);
  const second = certificate('second.cer');
  const rotated = await place().json(data, 'repair', data, '--yes', '--certificate', second);
  expect(rotated.code, rotated.stdout).toBeLessThan(11);
  // The administrator's word alone lets nothing go while the server can say it.
  const said = await place().cli(
    data,
    'handover',
    data,
    '--confirmed',
    '--thumbprint',
    archive.instance().credentials[0]?.certificate.thumbprint ?? '',
  );
  expect(`${said.stdout}${said.stderr}`).toContain('stays until Archive has archived');
  await place().json(data, 'rotate', data, '--yes', '--overlap', '0');
  expect(published()).toBe(2);
  await place().json(data, 'verify', data);
  await console.runProfile(profile);
  const shown = credentialIn((await place().json(data, 'verify', data)).document);
  expect(shown).toMatchObject({ state: 'proven', handover: { word: 'administrator', server: { archived: { items: 12 } } } });
  expect((await place().cli(data, 'show', data)).stdout).toContain('Archive itself archived 12 messages');
  const done = await place().json(data, 'rotate', data, '--yes');
  expect(done.code, done.stdout).toBeLessThan(11);
  expect(published()).toBe(1);
  const writes = archive.calls.filter((each) => /^(Set|Create|Delete|Run)/.test(each.function));
  expect([writes, archive.calls.filter((each) => each.function.startsWith('Sync')).map(({ argumentNames }) => argumentNames)]).toEqual([
    [],
    [['dryRun']],
  ]);
});
