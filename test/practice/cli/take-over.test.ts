import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer, type PracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { workplace, type Document } from './command-line.ts';

const place = workplace();

interface Known {
  readonly archive: PracticeArchiveServer;
  readonly passwordFile: string;
  readonly take: (...args: string[]) => Promise<{ readonly code: number | null; readonly document: Document }>;
}

/** A practice MailStore that this data directory knows as “Provider”. */
async function known(data: string, instances: readonly string[] | null): Promise<Known> {
  const kind = instances === null ? 'server' : 'spe';
  const archive = await startPracticeArchiveServer({ kind, tenants: place().server.origin, instances: instances ?? [] });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const passwordFile = join(place().folder, `${data}-password`);
  writeFileSync(passwordFile, password);
  await place().cli(data, 'server', 'add', 'Provider', '--address', url, '--user', user, '--password-file', passwordFile, '--pin', sha256);
  return { archive, passwordFile, take: (...args) => place().json(data, 'track', '--mailstore', 'Provider', ...args) };
}

const ids = () => ({ clientId: randomUUID(), tenantId: randomUUID() });

describe('taking over from a provider’s server', () => {
  it('adds the credentials of all running instances, links them, and knows them the next time', async () => {
    const { archive, take } = await known('spe', ['alpha', 'beta', 'gamma', 'closed', 'stopped']);
    const alpha = await archive.console('alpha').createCredential({ name: 'Microsoft 365', ...ids() });
    await archive.console('beta').createCredential({ name: 'Microsoft 365', ...ids() });
    await archive.console('closed').createCredential({ name: 'Hidden', ...ids() });
    archive.console('alpha').selectInDirectoryServices(alpha, { redirectUrl: 'https://mailstore.example.com/alpha/oidc/signin' });
    archive.console('alpha').createProfile({ name: 'Old way', mailbox: 'a@b.example', credentialId: alpha, protocol: 'EWS' });
    archive.console('alpha').createProfile({ name: 'New way', mailbox: 'a@b.example', credentialId: alpha, protocol: 'Graph' });
    archive.instance('closed').archiveAdminEnabled = false;
    archive.instance('stopped').status = 'stopped';
    const first = await take('--all-instances');
    expect(first.code).toBe(5);
    expect(first.document).toMatchObject({
      server: { name: 'Provider', kind: 'spe', version: '26.1.0.30112' },
      added: [
        {
          instance: 'alpha',
          credential: {
            name: 'Microsoft 365',
            server: 'mailstore-spe',
            instance: 'alpha',
            custody: 'external',
            redirectUri: 'https://mailstore.example.com/alpha/oidc/signin',
          },
        },
        { instance: 'beta', credential: { name: 'Microsoft 365 (beta)', redirectUri: null } },
      ],
      known: [],
      missing: [],
      ews: [{ instance: 'alpha', profile: 'Old way' }],
    });
    const refused = first.document['refused'] as readonly { readonly instance: string; readonly fault: { readonly code: string } }[];
    expect(refused.map(({ instance, fault }) => `${instance} ${fault.code}`)).toEqual([
      'closed server.call-failed',
      'stopped server.instance-stopped',
    ]);
    archive.instance('closed').archiveAdminEnabled = true;
    archive.instance('beta').credentials.splice(0);
    const second = await take('--all-instances');
    expect(second.document).toMatchObject({
      added: [{ instance: 'closed', credential: { name: 'Hidden' } }],
      known: [{ instance: 'alpha', name: 'Microsoft 365' }],
      missing: [{ instance: 'beta', name: 'Microsoft 365 (beta)' }],
      refused: [{ instance: 'stopped', name: null }],
    });
    expect(archive.calls.filter((each) => /^(Set|Create|Delete|Run|Sync)/.test(each.function))).toEqual([]);
  });

  it('takes the cloud of a tenant that is here already, and else the one that is named', async () => {
    const { archive, take } = await known('clouds', ['alpha', 'beta']);
    const { tenantId } = ids();
    const tracked = ['track', '--name', 'Known', '--client-id', randomUUID(), '--tenant', tenantId, '--cloud', 'dod'];
    expect((await place().json('clouds', ...tracked)).code).toBe(0);
    await archive.console('alpha').createCredential({ name: 'Same tenant', clientId: randomUUID(), tenantId });
    await archive.console('beta').createCredential({ name: 'Other tenant', ...ids() });
    const { document } = await take('--all-instances', '--cloud', 'china');
    expect(document).toMatchObject({
      added: [{ credential: { name: 'Same tenant', cloud: 'dod' } }, { credential: { name: 'Other tenant', cloud: 'china' } }],
    });
  });

  it('tells MailStore’s version of each archive, and whether its profiles could be read', async () => {
    const { archive, take } = await known('versions', ['alpha', 'beta']);
    for (const name of ['alpha', 'beta']) await archive.console(name).createCredential({ name, ...ids() });
    const version = '26.1.0.30112';
    expect((await take('--all-instances')).document).toMatchObject({
      archives: [
        { instance: 'alpha', version, profilesRead: true },
        { instance: 'beta', version, profilesRead: true },
      ],
    });
    const said = await place().cli('versions', 'track', '--mailstore', 'Provider', '--all-instances');
    expect(said.stdout).toContain(`MailStore ${version} in 2 archives\n`);
  });

  it('wants to know of which instance, and takes one alone', async () => {
    const { archive, take } = await known('one', ['alpha', 'beta']);
    await archive.console('beta').createCredential({ name: 'Beta', ...ids() });
    expect((await take()).document['fault']).toMatchObject({ code: 'input.option.missing' });
    const { code, document } = await take('--instance', 'beta');
    expect([code, document]).toMatchObject([0, { added: [{ instance: 'beta', credential: { name: 'Beta' } }], refused: [] }]);
    expect(archive.calls.some((each) => each.function === 'GetCredentials')).toBe(true);
  });

  it('of a MailStore Server takes its one archive, and one application only once', async () => {
    const { archive, take } = await known('server', null);
    const same = ids();
    await archive.console().createCredential({ name: 'First', ...same });
    await archive.console().createCredential({ name: 'First', ...same });
    const { document } = await take();
    expect(document).toMatchObject({
      added: [{ instance: null, credential: { name: 'First', ...same } }],
      refused: [{ instance: null, name: 'First', fault: { code: 'track.known' } }],
    });
  });

  it('is refused beside another way of adding, and with a server that nobody knows', async () => {
    const { take } = await known('refused', null);
    expect((await take('--csv', 'x.csv')).document['fault']).toMatchObject({ code: 'input.option.conflict' });
    const nobody = await place().json('refused', 'track', '--mailstore', 'Nobody');
    expect(nobody.document['fault']).toMatchObject({ code: 'server.unknown' });
  });
});
