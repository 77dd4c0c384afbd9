import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { inside, workplace } from './command-line.ts';
import { refusedInWords } from './refused.ts';

const place = workplace();

const connect = (...more: string[]) => ['connect', '--yes', ...more];
const named = (...more: string[]) => connect('--name', 'bad', ...more);
const at = (...more: string[]) => named('--fqdn', 'm.example.com', ...more);
const uri = (address: string) => named('--redirect-uri', address);
const host = (name: string, ...more: string[]) => named('--fqdn', name, ...more);

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
    [['practice', '--date', '2027-13-40'], 'input.option.value-invalid'],
    [['verify', 'x', '--mailbox', 'nobody'], 'input.option.value-invalid'],
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
    expect((await inside(['x', '--lang', 'fr'])).stderr).toMatch(/^Le verbe «\sx\s» n’existe pas\./);
    expect((await inside(['--lang=de', 'x'])).stderr).toMatch(/^Ein Verb „x“ gibt es nicht\./);
    expect((await inside(['x'], { env: { LANG: 'de_AT.UTF-8' } })).stderr).toMatch(/^Ein Verb „x“ gibt es nicht\./);
    expect((await inside(['x', '--lang', 'xx'], { env: { LANG: 'fr_FR.UTF-8' } })).stderr).toMatch(/«\sxx?\s»/);
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
