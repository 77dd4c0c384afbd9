import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { connectArgs, workplace } from './command-line.ts';

const place = workplace();

const reading = new Set([
  'get-metadata',
  'get-status',
  'GetServerInfo',
  'GetCredentials',
  'GetDirectoryServicesConfiguration',
  'GetProfiles',
  'GetWorkerResults',
  'GetWorkerResultReport',
]);

it('no verb writes in a server, whatever it does with a credential that is in it', async () => {
  const archive = await startPracticeArchiveServer({ kind: 'server', tenants: place().server.origin });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(place().folder, name);
    writeFileSync(path, content);
    return path;
  };
  const passwordFile = file('password', password);
  const verb = async (...args: string[]) => {
    const ended = await place().cli('all', ...args);
    // 1 is a bug, and nothing here is one.
    expect(ended.code, `${args.join(' ')}\n${ended.stderr}`).not.toBe(1);
  };
  await verb('server', 'add', 'Archive', '--address', url, '--user', user, '--password-file', passwordFile, '--pin', sha256);
  const { document } = await place().json('all', ...connectArgs('all', '--mailstore', 'Archive'));
  const { clientId, tenantId } = document['credential'] as { readonly clientId: string; readonly tenantId: string };
  const console = archive.console();
  const held = await console.createCredential({ name: 'Contoso', clientId, tenantId });
  console.selectInDirectoryServices(held, { redirectUrl: 'https://mailstore.example.com:8462/oidc/signin' });
  const profile = console.createProfile({ name: 'M365', mailbox: 'test.mailbox@contoso.example', credentialId: held });
  await console.runProfile(profile);
  const state = () => JSON.stringify(archive.instance(), (key, value: unknown) => (key === 'privateKey' ? undefined : value));
  const before = state();

  await verb('server', 'list');
  await verb('server', 'show', 'Archive');
  await verb('server', 'test', 'Archive', '--save', join(place().folder, 'shapes.json'));
  await verb('server', 'set', 'Archive', '--new-name', 'Archiv');
  await verb('track', '--mailstore', 'Archiv', '--all-instances');
  await verb('list');
  await verb('show', 'all');
  await verb('plan', 'all', '--yes');
  await verb('verify', 'all', '--test-users', '--test-address');
  await verb('verify', '--all');
  await verb('handover', 'all', '--confirmed');
  await verb('rotate', 'all', '--yes', '--overlap', '0');
  await verb('repair', 'all', '--yes');
  await verb('watch');
  await verb('keys');
  await verb('audit');
  await verb('remove', 'all', '--yes');
  await verb('restore', 'all');
  await verb('remove', 'all', '--yes', '--purge');
  await verb('server', 'remove', 'Archiv', '--yes');

  expect(state()).toBe(before);
  const others = archive.calls.filter((call) => !reading.has(call.function));
  // The one that was asked for, as a dry run.
  expect(others.map((call) => [call.function, call.argumentNames])).toEqual([['SyncUsersWithDirectoryServices', ['dryRun']]]);
});
