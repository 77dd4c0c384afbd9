import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPfx, toPem } from '../../../main/certificates/index.ts';
import { isWindows } from '../../system.ts';
import { openssl, ours } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace, type Document, type Ended } from './command-line.ts';

const place = workplace();

/** Nobody can write there, root included. */
const unwritable = isWindows ? join(tmpdir(), 'no?name') : '/proc/keyring';
const connect = (...more: string[]) => ['connect', '--yes', ...more];
const named = (...more: string[]) => connect('--name', 'bad', ...more);
const at = (...more: string[]) => named('--fqdn', 'm.example.com', ...more);
const uri = (address: string) => named('--redirect-uri', address);
const host = (name: string, ...more: string[]) => named('--fqdn', name, ...more);

/** One sentence or two for people, the same as a document, and nothing else. */
function refusedInWords({ code, stdout, stderr }: Ended, expected: string): void {
  const { fault, ...more } = JSON.parse(stdout) as { fault: Document & { message: string; fix: string } };
  expect(more).toEqual({});
  expect(fault).toEqual({
    code: expected,
    message: expect.stringMatching(/./),
    fix: expect.stringMatching(/./),
    retryable: false,
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(code).toBe(2);
  expect(stderr).toBe(`${fault.message.replace(/(?<![.!?”])$/, '.')} ${fault.fix}\n`);
  expect(stderr).not.toMatch(/\bat .*\.ts|\{[a-z]+\}|\[object/);
}

it('where standard input is nothing, a password is not taken from it', async () => {
  const args = ['export', 'one', '--format', 'pfx', '--out', 'x', '--password-stdin', '--json'];
  const refused = await inside(args, { input: 'secret\n', hasInput: false });
  refusedInWords(refused, 'input.no-standard-input');
  expect(refused.stderr).toContain('--password-file');
  expect((await inside(args, { input: 'secret\n', env: { HOME: place().folder } })).stdout).toContain('input.credential.unknown');
});

describe('bad input ends 2 with a clear sentence, and nothing is written', () => {
  it.each<readonly [args: readonly string[], code: string]>([
    [['frobnicate'], 'input.verb.unknown'],
    [at('--accept', 'nonsense'), 'input.accept.unknown'],
    [at('--accept', 'access-tokens:1'), 'input.accept.unknown'],
    [at('--accept', 'expired-key-credential:not-an-id'), 'input.accept.unknown'],
    [['repair', 'x', '--yes', '--accept', 'foreign-redirect-uri:https://x'], 'input.accept.unknown'],
    [['list', '--frobnicate'], 'input.option.unknown'],
    [[], 'input.verb.missing'],
    [['list', '--cloud', 'mars'], 'input.option.value-invalid'],
    [['list', '--lang', 'xx'], 'input.option.value-invalid'],
    [['list', '--tenant', 'a b'], 'input.tenant.invalid'],
    [['list', 'extra'], 'input.argument.excess'],
    [['show'], 'input.argument.missing'],
    [['verify'], 'input.argument.missing'],
    [['verify', '--all', 'one'], 'input.argument.excess'],
    [['verify', '--all', '--sign-in'], 'input.option.conflict'],
    [['repair', 'one', '--certificate', '/nowhere.cer', '--valid-months', '3'], 'input.option.conflict'],
    [['handover', 'one'], 'handover.not-confirmed'],
    [['export', 'one', '--format', 'doc', '--out', 'x'], 'input.option.value-invalid'],
    [['export', 'one', '--format', 'cer'], 'input.option.missing'],
    [['export', 'one', '--format', 'cer', '--out', 'x', '--password-stdin'], 'input.option.conflict'],
    [['export', 'one', '--format', 'pfx', '--out', 'x', '--password-file', '/nowhere'], 'file.password-unreadable'],
    [['repair', 'one', '--yes', '--key-size', '1'], 'input.key-size.invalid'],
    [['track'], 'input.option.missing'],
    [['track', '--csv', 'a.csv', '--list', 'b.json'], 'input.option.conflict'],
    [['track', '--csv', 'a.csv', '--client-id', 'x'], 'input.option.conflict'],
    [['track', '--csv', 'a.csv', '--tenant', 'contoso.com'], 'input.option.conflict'],
    [['track', '--name', 'x', '--bad-lines', 'b.csv'], 'input.option.conflict'],
    [['track', '--list', 'a.json', '--profile', 'mailstore-graph'], 'input.option.conflict'],
    [['track', '--csv', '/nowhere.csv'], 'track.file-unreadable'],
    [['track', '--name', 'x', '--profile', 'none'], 'input.profile.unknown'],
    [['list', '--deleted', '--export', 'x.json'], 'input.option.conflict'],
    [['practice', '--port', '70000'], 'input.option.value-invalid'],
    [['practice', '--tenants', '0'], 'input.option.value-invalid'],
    [['practice', '--throttle', '2'], 'input.option.value-invalid'],
    [['practice', '--seed', 'x'], 'input.option.value-invalid'],
    [['practice', '--log', '/nowhere/log'], 'practice.log-unwritable'],
    [connect('--fqdn', 'm.example.com'), 'input.option.missing'],
    [connect('--name'), 'input.option.value-missing'],
    [connect('--name', '--fqdn', 'm.example.com'), 'input.option.value-missing'],
    [connect('--name', '', '--fqdn', 'm.example.com'), 'input.name.empty'],
    [connect('--name', ' ', '--fqdn', 'm.example.com'), 'input.name.empty'],
    [connect('--name', 'x'.repeat(121), '--fqdn', 'm.example.com'), 'input.name.too-long'],
    [connect('--name', 'a\u0007b', '--fqdn', 'm.example.com'), 'input.name.control-characters'],
    [at('--app-name', ' '), 'input.app-name.empty'],
    [at('--app-name', 'x'.repeat(257)), 'input.name.too-long'],
    [named(), 'input.option.missing'],
    [named('--fqdn'), 'input.option.value-missing'],
    [named('--fqdn', '--json'), 'input.option.value-missing'],
    [host('https://m.example.com'), 'input.fqdn.scheme'],
    [host('m.example.com/oidc'), 'input.fqdn.path'],
    [host('m .example.com'), 'input.fqdn.space'],
    [host('m_1.example.com'), 'input.fqdn.underscore'],
    [host('m.example.com.'), 'input.fqdn.trailing-dot'],
    [host('10.0.0.5'), 'input.fqdn.address'],
    [host('[::1]'), 'input.fqdn.address'],
    [host('m.example.com:8462'), 'input.fqdn.port'],
    [host(`${'x'.repeat(64)}.example.com`), 'input.fqdn.label-too-long'],
    [host(`${'x.'.repeat(130)}com`), 'input.fqdn.too-long'],
    [host('-m.example.com'), 'input.fqdn.hyphen'],
    ...['0', '65536'].map((port) => [at('--port', port), 'input.port.out-of-range'] as const),
    ...['-1', '1.5', 'web', '8462x'].map((port) => [at('--port', port), 'input.port.not-a-number'] as const),
    [uri('http://m.example.com/oidc/signin'), 'input.redirect-uri.not-https'],
    [uri('m.example.com/oidc/signin'), 'input.redirect-uri.no-scheme'],
    [uri('https://m.example.com/oauth'), 'input.redirect-uri.path'],
    [uri('https://m.example.com/OIDC/signin'), 'input.redirect-uri.path-case'],
    [uri('https://m.example.com:8462/0idc/signin'), 'input.redirect-uri.zero'],
    [uri('https://m.example.com/oidc/signin#x'), 'input.redirect-uri.fragment'],
    [uri('https://m.example.com/oidc/signin?x=1'), 'input.redirect-uri.query'],
    [uri('https://a:b@m.example.com/oidc/signin'), 'input.redirect-uri.user-information'],
    [uri('https://*.example.com/oidc/signin'), 'input.redirect-uri.wildcard'],
    [uri('https://m.example.com/oidc/signin/'), 'input.redirect-uri.trailing-slash'],
    [uri(`https://${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.de/oidc/signin`), 'input.redirect-uri.too-long'],
    [at('--redirect-uri', 'https://m.example.com/oidc/signin'), 'input.option.conflict'],
    [at('--profile', 'none'), 'input.profile.unknown'],
    [at('--custody', 'nobody'), 'input.option.value-invalid'],
    [at('--key-size', '1024'), 'input.key-size.invalid'],
    [at('--key-size', '3000'), 'input.key-size.invalid'],
    [at('--valid-months', '0'), 'input.valid-months.invalid'],
    [at('--valid-months', '99'), 'input.valid-months.invalid'],
    [at('--until', '31.12.2099'), 'input.until.not-a-day'],
    [at('--until', '2025-01-01'), 'input.until.past'],
    [at('--until', new Date().toISOString().slice(0, 10)), 'input.until.today'],
    [at('--until', '2099-12-31'), 'input.until.too-late'],
    [at('--until', '2099-12-31', '--valid-months', '3'), 'input.option.conflict'],
    [['repair', 'x', '--yes', '--until', '2099-12-31'], 'input.until.too-late'],
    [at('--client-id', 'x'), 'input.client-id.not-a-guid'],
    [at('--certificate', '/nowhere.cer'), 'certificate.file-missing'],
    [at('--certificate', tmpdir()), 'certificate.file-is-folder'],
    [at('--certificate', '/nowhere.cer', '--custody', 'keyring'), 'input.option.conflict'],
    [at('--certificate', '/nowhere.cer', '--until', '2027-12-31'), 'input.option.conflict'],
    [at('--certificate', '/nowhere.cer', '--key-size', '4096'), 'input.option.conflict'],
  ])('%j: %s', async (args, code) => {
    const before = place().state();
    refusedInWords(await inside([...args, ...place().at('never'), '--json']), code);
    expect(existsSync(place().data('never'))).toBe(false);
    expect(place().state()).toBe(before);
  });

  it('a language is known to the sentence before the parser has spoken', async () => {
    expect((await inside(['x', '--lang', 'fr'])).stderr).toMatch(/^Le verbe « x » n’existe pas\./);
    expect((await inside(['--lang=de', 'x'])).stderr).toMatch(/^Ein Verb „x“ gibt es nicht\./);
    expect((await inside(['x'], { env: { LANG: 'de_AT.UTF-8' } })).stderr).toMatch(/^Ein Verb „x“ gibt es nicht\./);
    expect((await inside(['x', '--lang', 'xx'], { env: { LANG: 'fr_FR.UTF-8' } })).stderr).toMatch(/« x »|« xx »/);
  });

  it('without a terminal and without --yes nothing that writes begins', async () => {
    for (const args of [
      ['connect', '--name', 'x', '--fqdn', 'm.example.com'],
      ['repair', 'x'],
      ['remove', 'x'],
      ['restore', 'x'],
    ]) {
      refusedInWords(await inside([...args, ...place().at('never'), '--json']), 'input.confirmation-needed');
    }
    expect(existsSync(place().data('never'))).toBe(false);
  });

  it('--yes on a real cloud has to say which tenant, wherever somebody may be signed in', async () => {
    for (const args of [
      ['connect', '--name', 'x', '--fqdn', 'm.example.com'],
      ['connect', '--name', 'x', '--fqdn', 'm.example.com', '--plan'],
      ['repair', 'x'],
      ['restore', 'x'],
      ['remove', 'x', '--delete-registration', '--confirm-name', 'x'],
    ]) {
      refusedInWords(await inside([...args, '--yes', '--data-dir', place().data('never'), '--json']), 'input.tenant-needed');
    }
    expect(existsSync(place().data('never'))).toBe(false);
  });

  it.each([
    'http://example.com',
    'https://127.0.0.1:1',
    'http://127.0.0.1:1/',
    'http://127.0.0.1:1/v1.0',
    'http://10.0.0.1:80',
    'ftp://127.0.0.1',
    '127.0.0.1:80',
    'http://user@127.0.0.1:1',
  ])('%s is no practice tenant', async (address) => {
    refusedInWords(
      await inside(['list', '--practice', address, '--data-dir', place().data('never'), '--json']),
      'practice.address-invalid',
    );
    expect(existsSync(place().data('never'))).toBe(false);
  });

  it('--practice-account needs --practice', async () => {
    refusedInWords(
      await inside(['list', '--practice-account', 'admin@contoso.example', '--data-dir', place().data('never'), '--json']),
      'input.option.missing',
    );
    expect(existsSync(place().data('never'))).toBe(false);
  });

  it('a credential that is not there', async () => {
    for (const args of [
      ['show', 'x'],
      ['plan', 'x'],
      ['verify', 'x'],
      ['repair', 'x', '--yes'],
      ['export', 'x', '--format', 'cer', '--out', 'x.cer'],
      ['handover', 'x', '--confirmed'],
      ['remove', 'x', '--yes'],
      ['restore', 'x', '--yes'],
    ]) {
      refusedInWords(await inside([...args, ...place().at('empty'), '--json']), 'input.credential.unknown');
    }
    expect(await place().json('empty', 'audit')).toMatchObject({ code: 0, document: { entries: [] } });
  });
});

describe('a file that is not the server’s certificate', () => {
  const file = (name: string) => join(place().folder, `${name}.cer`);

  beforeAll(async () => {
    const [{ certificate, privateKey }, other] = await Promise.all([ours(), ours()]);
    const pem = toPem(certificate);
    writeFileSync(file('empty'), '');
    writeFileSync(file('pfx'), await createPfx({ certificate, privateKey, password: 'secret', encryption: 'modern', friendlyName: 'x' }));
    writeFileSync(file('key'), `${pem}${privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()}`);
    writeFileSync(file('chain'), `${pem}${toPem(other.certificate)}`);
    writeFileSync(file('half'), pem.slice(0, 300));
    writeFileSync(file('noise'), randomBytes(5 * 1024 * 1024));
    for (const [name, year] of [
      ['over', '2022'],
      ['early', '2040'],
    ] as const)
      writeFileSync(file(name), toPem((await ours('x', 2048, new Date(year))).certificate));
  });

  /** Of another maker, where it is installed. */
  const byOpenssl: Readonly<Record<string, readonly string[]>> = {
    ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    small: ['-newkey', 'rsa:1024'],
  };

  it.each([
    ['empty', 'certificate.file-empty'],
    ['pfx', 'certificate.pfx'],
    ['key', 'certificate.private-key-inside'],
    ['chain', 'certificate.chain'],
    ['half', 'certificate.cut-off'],
    ['noise', 'certificate.file-too-large'],
    ['ec', 'certificate.not-rsa'],
    ['small', 'certificate.key-too-small'],
    ['over', 'certificate.expired'],
    ['early', 'certificate.not-yet-valid'],
  ])('%s: %s', async (name, code) => {
    const how = byOpenssl[name];
    if (how !== undefined) openssl(['req', '-x509', '-nodes', '-subj', '/CN=other', '-keyout', file('k'), '-out', file(name), ...how]);
    const before = place().state();
    for (const args of [at('--certificate', file(name)), ['repair', 'x', '--yes', '--certificate', file(name)]])
      refusedInWords(await inside([...args, ...place().at('never'), '--json']), code);
    expect(existsSync(place().data('never'))).toBe(false);
    expect(place().state()).toBe(before);
  });
});

describe('a profile file', () => {
  it('that is not one is refused', async () => {
    const path = join(place().folder, 'profile.json');
    for (const text of ['{', '{"id":"x"}']) {
      writeFileSync(path, text);
      refusedInWords(await inside([...at('--profile', path), ...place().at('never'), '--json']), 'input.profile.invalid');
    }
    expect(existsSync(place().data('never'))).toBe(false);
  });
});

describe('where something is to be written', () => {
  it('a missing folder, a folder, an existing file, a password that is none', async () => {
    const { folder, cli, at: where } = place();
    await cli('files', ...connectArgs('files'));
    const path = join(folder, 'there.cer');
    writeFileSync(path, 'mine');
    writeFileSync(join(folder, 'password'), 'pässwört\n');
    writeFileSync(join(folder, 'no-password'), '\n');
    const pfx = ['--format', 'pfx', '--out', join(folder, 'x.pfx')];
    for (const [args, code] of [
      [['--format', 'cer', '--out', join(folder, 'none', 'x.cer')], 'file.folder-missing'],
      [['--format', 'cer', '--out', folder], 'file.is-folder'],
      [['--format', 'cer', '--out', path], 'file.exists'],
      [['--format', 'cer', '--out', `${unwritable}.cer`], 'file.not-writable'],
      [pfx, 'input.option.missing'],
      [[...pfx, '--password-file', join(folder, 'password')], 'certificate.password-not-ascii'],
      [[...pfx, '--password-file', join(folder, 'no-password')], 'certificate.password-empty'],
      [[...pfx, '--password-stdin', '--password-file', join(folder, 'password')], 'input.option.conflict'],
    ] as const) {
      refusedInWords(await inside(['export', 'files', ...args, ...where('files'), '--json']), code);
    }
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'x.pfx'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a data directory that is a file, and one that cannot be written to', async () => {
    const path = join(place().folder, 'file');
    writeFileSync(path, '');
    const where = ['--practice', place().server.origin, '--json'];
    refusedInWords(await inside(['list', '--data-dir', path, ...where]), 'data.not-a-folder');
    refusedInWords(await inside(['list', '--data-dir', unwritable, ...where]), 'data.not-writable');
    for (const network of [String.raw`\\server\share`, 'smb://server/share'])
      refusedInWords(await inside(['list', '--data-dir', network, ...where]), 'data.network-path');
    expect(readdirSync('.').filter((name) => /server|smb/.test(name))).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('');
  });
});

describe('a store that cannot be used', () => {
  const broken = (name: string, write: (path: string) => void): { readonly path: string; readonly folder: string } => {
    const folder = join(place().data(name), 'practice');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'keyring.sqlite');
    write(path);
    return { path, folder };
  };

  it('damaged or newer stays as it is, and is moved aside only by --reset-store', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    await place().cli('newer', 'list');
    const damaged = broken('damaged', (path) => writeFileSync(path, 'this is no database, whatever its name says'));
    const newer = broken('newer', (path) => {
      const database = new DatabaseSync(path);
      database.exec('PRAGMA user_version = 999; PRAGMA journal_mode = DELETE');
      database.close();
    });
    for (const [name, { path, folder }, code] of [
      ['damaged', damaged, 'store.corrupted'],
      ['newer', newer, 'store.newer'],
    ] as const) {
      const before = readFileSync(path);
      refusedInWords(await inside(['list', ...place().at(name), '--json']), code);
      expect(readFileSync(path)).toEqual(before);
      const reset = await place().json(name, 'list', '--reset-store');
      expect(reset).toMatchObject({ code: 0, document: { credentials: [] } });
      const [, aside = ''] = /moved to (.+)\n/.exec(reset.stderr) ?? [];
      expect(dirname(aside)).toBe(folder);
      expect(readFileSync(aside)).toEqual(before);
    }
  });
});
