import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer, type ArchiveServerDescription } from '../../../main/practice/mailstore/index.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace();
const mailbox = 'test.mailbox@contoso.example';

type Finding = Readonly<Record<string, unknown>>;
const findingsIn = (document: Document) => document['servers'] as readonly Finding[];

async function serverAdd(data: string, { url, user, password, sha256 }: ArchiveServerDescription): Promise<void> {
  const file = join(place().folder, `${data}-password`);
  writeFileSync(file, password);
  await place().cli(data, 'server', 'add', 'Provider', '--address', url, '--user', user, '--password-file', file, '--pin', sha256);
}

async function archiveOf(data: string, kind: 'server' | 'spe', instances: readonly string[] = []) {
  const archive = await startPracticeArchiveServer({ kind, tenants: place().server.origin, instances });
  onTestFinished(() => archive.close());
  await serverAdd(data, archive.describe());
  return archive;
}

/** What `watch` remembers was asked a day earlier. */
function aDayLater(data: string): void {
  const file = join(place().data(data), 'practice', 'watch-servers.json');
  const answers = JSON.parse(readFileSync(file, 'utf8')) as { askedAt: string }[];
  for (const each of answers) each.askedAt = new Date(Date.parse(each.askedAt) - 24 * 3_600_000).toISOString();
  writeFileSync(file, JSON.stringify(answers));
}

const lifetime = (days: number) => ({
  notBefore: new Date(Date.now() - 400 * 86_400_000),
  notAfter: new Date(Date.now() + days * 86_400_000),
});

describe('the watch, with servers', () => {
  it('tells what ends in them, whoever knows it, and asks each once a day', async () => {
    const archive = await archiveOf('ends', 'spe', ['alpha', 'beta', 'gone']);
    const ids = { clientId: crypto.randomUUID(), tenantId: crypto.randomUUID() };
    const alpha = await archive.console('alpha').createCredential({ name: 'Old', ...ids });
    const beta = await archive.console('beta').createCredential({ name: 'Soon', clientId: crypto.randomUUID(), tenantId: ids.tenantId });
    await archive.console('alpha').createCertificate(alpha, lifetime(-3));
    await archive.console('beta').createCertificate(beta, lifetime(10));
    archive.instance('gone').status = 'stopped';
    const calendar = join(place().folder, 'ends.ics');
    const first = await place().json('ends', 'watch', '--calendar', calendar);
    expect(first.code).toBe(5);
    expect(first.document).toMatchObject({ result: 'expired', certificates: [], calendar: { events: 2 } });
    expect(findingsIn(first.document)).toMatchObject([
      { finding: 'expired', serverName: 'Provider', instance: 'alpha', name: 'Old', credential: null },
      { finding: 'expiring', instance: 'beta', name: 'Soon', params: { days: 10 } },
      { finding: 'not-asked', instance: 'gone', name: null, fault: { code: 'server.instance-stopped' } },
    ]);
    expect(readFileSync(calendar, 'utf8')).toContain('Provider / beta / Soon');
    archive.instance('gone').status = 'running';
    const asked = archive.calls.length;
    await place().json('ends', 'watch');
    expect(archive.calls.length).toBe(asked);
    aDayLater('ends');
    const { code, document } = await place().json('ends', 'watch');
    expect([code, findingsIn(document).map(({ finding }) => finding)]).toEqual([7, ['expired', 'expiring']]);
    expect(archive.calls.length).toBeGreaterThan(asked);
  });

  it('tells failing runs with their reason, another certificate, and a server that is away', async () => {
    const archive = await archiveOf('fails', 'server');
    const console = archive.console();
    const args = connectArgs('fails', '--custody', 'external', '--mailstore', 'Provider').filter(
      (arg) => arg !== '--key-size' && arg !== '2048',
    );
    const { document: registered } = await place().json('fails', ...args);
    const { clientId, tenantId } = registered['credential'] as { readonly clientId: string; readonly tenantId: string };
    const id = await console.createCredential({ name: 'Contoso', clientId, tenantId });
    const cer = join(place().folder, 'fails.cer');
    writeFileSync(cer, console.downloadCertificate(id));
    await place().json('fails', ...args, '--certificate', cer);
    const profile = console.createProfile({ name: 'M365', mailbox, credentialId: id });
    await console.runProfile(profile);
    const fine = await place().json('fails', 'watch');
    expect([fine.code, findingsIn(fine.document)]).toEqual([0, []]);
    await console.createCertificate(id);
    await console.runProfile(profile);
    await console.runProfile(profile);
    aDayLater('fails');
    const { code, document } = await place().json('fails', 'watch');
    expect(code).toBe(5);
    const found = findingsIn(document);
    expect(found).toMatchObject([
      { finding: 'other-certificate', name: 'Contoso' },
      { finding: 'failing', params: { runs: 2 } },
    ]);
    expect(found[0]?.['credential']).toBe((registered['credential'] as { readonly id: string }).id);
    expect(String(found[1]?.['text'])).toContain('AADSTS');
    await archive.close();
    aDayLater('fails');
    const away = await place().json('fails', 'watch');
    expect([away.code, findingsIn(away.document)]).toMatchObject([9, [{ finding: 'not-asked', fault: { code: 'server.unreachable' } }]]);
    expect(archive.calls.filter((each) => /^(Set|Create|Delete|Run|Sync)/.test(each.function))).toEqual([]);
  });

  it('gives the alarm where runs fail since the credential has moved away from EWS, until it is back', async () => {
    const archive = await archiveOf('moved', 'server');
    const console = archive.console();
    const args = connectArgs('moved', '--custody', 'external', '--mailstore', 'Provider').filter(
      (arg) => arg !== '--key-size' && arg !== '2048',
    );
    const { document: registered } = await place().json('moved', ...args);
    const credential = registered['credential'] as { readonly id: string; readonly clientId: string; readonly tenantId: string };
    const held = await console.createCredential({ name: 'Contoso', clientId: credential.clientId, tenantId: credential.tenantId });
    const cer = join(place().folder, 'moved.cer');
    writeFileSync(cer, console.downloadCertificate(held));
    await place().json('moved', ...args, '--certificate', cer);
    const profile = console.createProfile({ name: 'Old way', mailbox, credentialId: held, protocol: 'EWS' });
    const migrate = async (...options: string[]) => (await place().json('moved', 'migrate', 'moved', ...options, '--yes')).document;
    await migrate('--to', 'mailstore-graph', '--pilot', '--losses-accepted');
    // The permission for EWS stands beside: somebody may take the success of the old way for one of the new.
    expect((await console.runProfile(profile)).result).toBe('succeeded');
    await place().json('moved', 'handover', 'moved', '--confirmed');
    await migrate('--finish');
    expect((await console.runProfile(profile)).result).toBe('failed');
    const { code, document } = await place().json('moved', 'watch');
    const alarm = { finding: 'failing-after-move', name: 'Contoso', credential: credential.id, params: { runs: 1, credential: 'moved' } };
    expect([code, findingsIn(document)]).toMatchObject([5, [alarm]]);
    expect(String(findingsIn(document)[0]?.['text'])).toContain('“migrate moved --back”');
    await migrate('--back');
    expect((await console.runProfile(profile)).result).toBe('succeeded');
    aDayLater('moved');
    const fine = await place().json('moved', 'watch');
    expect([fine.code, findingsIn(fine.document)]).toEqual([0, []]);
    // The new way works, too, with what was granted for it.
    const graph = console.createProfile({ name: 'New way', mailbox, credentialId: held, protocol: 'Graph' });
    expect((await console.runProfile(graph)).result).toBe('succeeded');
  });
});
