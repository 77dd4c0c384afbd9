import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toPem } from '../../../main/certificates/index.ts';
import { faultTable } from '../../../main/faults.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { connectArgs, run, workplace } from './command-line.ts';

const place = workplace();
const written = () => JSON.stringify(place().server.world.state.tenants.map((tenant) => ({ ...tenant, consents: null })));
const connect = (...more: string[]) => ['connect', '--yes', ...more];
const named = (...more: string[]) => connect('--name', 'bad', ...more);

describe('bad input ends 2 with one sentence, and nothing is written', () => {
  it.each([
    [['frobnicate'], 'input.verb.unknown'],
    [['list', '--frobnicate'], 'input.option.unknown'],
    [['list', '--cloud', 'mars'], 'input.option.value-invalid'],
    [['list', '--lang', 'xx'], 'input.option.value-invalid'],
    [['list', 'extra'], 'input.argument.excess'],
    [['show'], 'input.argument.missing'],
    [['verify'], 'input.argument.missing'],
    [['show', 'nobody'], 'input.credential.unknown'],
    [['list', '--tenant', 'a b'], 'input.tenant.invalid'],
    [connect('--fqdn', 'm.example.com'), 'input.option.missing'],
    [named(), 'input.option.missing'],
    [named('--fqdn'), 'input.option.value-missing'],
    [named('--fqdn', '--json'), 'input.option.value-missing'],
    [named('--fqdn', 'https://m.example.com'), 'input.fqdn.scheme'],
    [named('--fqdn', 'm.example.com', '--port', '0'), 'input.port.out-of-range'],
    [named('--fqdn', 'm.example.com', '--port', '-1'), 'input.port.not-a-number'],
    [named('--fqdn', 'm.example.com', '--port', '1.5'), 'input.port.not-a-number'],
    [named('--redirect-uri', 'https://m.example.com:8462/0idc/signin'), 'input.redirect-uri.zero'],
    [named('--redirect-uri', 'http://m.example.com/oidc/signin'), 'input.redirect-uri.not-https'],
    [named('--redirect-uri', 'https://m.example.com/oidc/signin', '--fqdn', 'm.example.com'), 'input.option.conflict'],
    [named('--fqdn', 'm.example.com', '--profile', 'none'), 'input.profile.unknown'],
    [named('--fqdn', 'm.example.com', '--custody', 'nobody'), 'input.option.value-invalid'],
    [named('--fqdn', 'm.example.com', '--key-size', '1024'), 'input.key-size.invalid'],
    [named('--fqdn', 'm.example.com', '--valid-months', '99'), 'input.valid-months.invalid'],
    [named('--fqdn', 'm.example.com', '--client-id', 'x'), 'input.client-id.not-a-guid'],
    [named('--fqdn', 'm.example.com', '--certificate', '/nowhere.cer'), 'certificate.file-missing'],
    [named('--fqdn', 'm.example.com', '--certificate', '/tmp'), 'certificate.file-is-folder'],
    [connect('--name', ' ', '--fqdn', 'm.example.com'), 'input.name.empty'],
    [connect('--name', 'x'.repeat(121), '--fqdn', 'm.example.com'), 'input.name.too-long'],
    [connect('--name', 'a\u0007b', '--fqdn', 'm.example.com'), 'input.name.control-characters'],
    [['export', 'nobody', '--format', 'doc', '--out', 'x'], 'input.option.value-invalid'],
    [['practice', '--port', '70000'], 'input.option.value-invalid'],
    [['practice', '--throttle', '2'], 'input.option.value-invalid'],
  ])('%j: %s', async (args, code) => {
    const before = written();
    const { code: exit, stdout, stderr } = await run([...args, ...place().at('bad'), '--json']);
    expect(exit).toBe(2);
    const { fault } = JSON.parse(stdout) as { fault: { code: string; message: string; fix: string } };
    expect(fault.code).toBe(code);
    expect(stderr).toBe(`${fault.message} ${fault.fix}\n`);
    expect(stderr).not.toMatch(/\bat .*\.ts|\{[a-z]+\}/);
    expect(written()).toBe(before);
  });

  it('without a terminal and without --yes nothing that writes begins', async () => {
    for (const args of [['connect', '--name', 'x', '--fqdn', 'm.example.com'], ['repair', 'x'], ['remove', 'x'], ['restore', 'x']]) {
      const ended = await run([...args, ...place().at('bad'), '--json']);
      expect(JSON.parse(ended.stdout), args[0]).toMatchObject({ fault: { code: 'input.confirmation-needed' } });
      expect(ended.code).toBe(2);
    }
  });

  it('--yes on a real cloud has to say which tenant', async () => {
    const ended = await run(['connect', '--name', 'x', '--fqdn', 'm.example.com', '--yes', '--json', '--data-dir', join(place().folder, 'real')]);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'input.tenant-needed' } });
  });

  it.each(['http://example.com', 'https://127.0.0.1:1', 'http://127.0.0.1:1/path', 'ftp://127.0.0.1'])('a practice address %s is refused', async (address) => {
    const ended = await run(['list', '--practice', address, '--json', '--data-dir', join(place().folder, 'bad')]);
    expect(ended.code).toBe(2);
  });
});

describe('files and folders', () => {
  it('a certificate for a key of ours, an existing file, a missing folder', async () => {
    const { folder, json, cli } = place();
    const { certificate } = await ours('MailStore');
    const file = join(folder, 'c.pem');
    writeFileSync(file, toPem(certificate));
    expect((await json('files', ...named('--fqdn', 'm.example.com', '--certificate', file, '--custody', 'keyring'))).document).toMatchObject({ fault: { code: 'input.option.conflict' } });
    await cli('files', ...connectArgs('files'));
    expect((await json('files', 'export', 'files', '--format', 'cer', '--out', join(folder, 'none', 'c.cer'))).document).toMatchObject({ fault: { code: 'file.folder-missing' } });
    expect((await json('files', 'export', 'files', '--format', 'cer', '--out', file)).document).toMatchObject({ fault: { code: 'file.exists' } });
    writeFileSync(join(folder, 'pw'), 'pässwört\n');
    expect((await json('files', 'export', 'files', '--format', 'pfx', '--out', join(folder, 'c.pfx'), '--password-file', join(folder, 'pw'))).document).toMatchObject({ fault: { code: 'certificate.password-not-ascii' } });
  });

  it('a name that stands for another redirect URI is taken', async () => {
    const { json, cli } = place();
    await cli('taken', ...connectArgs('taken'));
    const ended = await json('taken', 'connect', '--name', 'taken', '--fqdn', 'other.example.com', '--yes');
    expect(ended.code).toBe(2);
    expect(ended.document).toMatchObject({ fault: { code: 'input.name.taken' } });
  });

  it('a damaged store is left as it is, and moved aside only when asked', async () => {
    const { folder, json } = place();
    const data = join(folder, 'damaged', 'practice');
    mkdirSync(data, { recursive: true });
    const store = join(data, 'keyring.sqlite');
    writeFileSync(store, 'this is no database, whatever its name says');
    const refused = await json('damaged', 'list');
    expect(refused.code).toBe(2);
    expect(refused.document).toMatchObject({ fault: { code: 'store.corrupted' } });
    expect(readFileSync(store, 'utf8')).toContain('no database');
    const reset = await json('damaged', 'list', '--reset-store');
    expect(reset).toMatchObject({ code: 0, document: { credentials: [] } });
    const kept = readdirSync(data, { recursive: true }).map(String).filter((name) => name !== 'keyring.sqlite' && name.includes('keyring'));
    expect(kept.length).toBeGreaterThan(0);
  });

  it('a data directory that is a file is refused', async () => {
    const { folder } = place();
    writeFileSync(join(folder, 'file'), '');
    chmodSync(join(folder, 'file'), 0o400);
    const ended = await run(['list', '--practice', place().server.origin, '--data-dir', join(folder, 'file'), '--json']);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: expect.stringMatching(/^data\./) } });
  });
});

describe('what is out of reach', () => {
  it('a practice tenant that is not there ends 9', async () => {
    const ended = await run([...connectArgs('away'), '--practice', 'http://127.0.0.1:9', '--data-dir', join(place().folder, 'away'), '--json']);
    expect(ended.code).toBe(9);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { retryable: true } });
  });

  it('a keychain that is not there ends 8, before anybody signs in', async () => {
    const ended = await run(['connect', '--name', 'x', '--fqdn', 'm.example.com', '--yes', '--tenant', 'contoso.example', '--json', '--data-dir', join(place().folder, 'no-keychain')]);
    expect(ended.code).toBe(8);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'vault.unavailable' } });
    expect(ended.stderr).not.toContain('https://login');
  });
});

describe('help, version and languages', () => {
  it('are said on standard output and end 0', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await run(['connect', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--valid-months'), stderr: '' });
  });

  it.each([
    ['fr', /^Le verbe « x » n’existe pas\./],
    ['de', /^Ein Verb „x“ gibt es nicht\./],
    ['en', /^There is no verb “x”\./],
  ])('%s', async (language, message) => {
    expect((await run(['x', '--lang', language])).stderr).toMatch(message);
    expect((await run(['x'], { env: { LANG: `${language}_XX.UTF-8` } })).stderr).toMatch(message);
  });

  it('every fault kind has an exit code', () => {
    expect(new Set(Object.values(faultTable).map((row) => row.kind)).size).toBe(8);
  });
});
