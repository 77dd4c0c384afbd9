import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPfx, toPem } from '../../../main/certificates/index.ts';
import { openssl, ours } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace } from './command-line.ts';
import { refusedInWords, unwritable } from './refused.ts';

const place = workplace();
const at = (...more: string[]) => ['connect', '--yes', '--name', 'bad', '--fqdn', 'm.example.com', ...more];

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
