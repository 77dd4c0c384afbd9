import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { practiceKeychain } from '../../../main/vault/index.ts';
import { isWine, privateFile, requireProgram } from '../../system.ts';
import { openssl } from '../../unit/certificates/samples.ts';
import { connectedAt, inside, workplace, type ConnectedCredential } from './command-line.ts';

const place = workplace();
const file = (name: string) => join(place().folder, name);
const fault = (code: string) => ({ fault: { code } });
const connected = (name: string, ...more: string[]) => connectedAt(place(), name, ...more);

describe('export', () => {
  let credential: ConnectedCredential;
  beforeAll(async () => {
    credential = await connected('export');
  });
  const exported = (...args: string[]) => place().json('export', 'export', 'export', ...args);

  it('cer is DER, pem the certificate alone; both for this user only', async () => {
    for (const format of ['cer', 'pem'] as const) {
      const path = file(`out.${format}`);
      expect(await exported('--format', format, '--out', path)).toMatchObject({
        code: 0,
        document: { credential: { id: credential.id }, file: { path, format } },
      });
      expect(statSync(path).mode & 0o777).toBe(privateFile);
      expect(new X509Certificate(readFileSync(path)).fingerprint.replaceAll(':', '')).toBe(credential.certificate.thumbprint);
    }
    expect(readFileSync(file('out.cer'))[0]).toBe(0x30);
    expect(readFileSync(file('out.pem'), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n[^]*-----END CERTIFICATE-----\n$/);
  });

  it('never goes over an existing file without --force', async () => {
    writeFileSync(file('mine.cer'), 'mine');
    expect(await exported('--format', 'cer', '--out', file('mine.cer'))).toMatchObject({ code: 2, document: fault('file.exists') });
    expect(readFileSync(file('mine.cer'), 'utf8')).toBe('mine');
    expect(await exported('--format', 'cer', '--out', file('mine.cer'), '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(file('mine.cer'))[0]).toBe(0x30);
  });

  it.each([
    ['modern', ['--password-stdin']],
    ['compatible', ['--password-file']],
  ] as const)('pfx, %s, has the key behind the password', async (encryption, [source]) => {
    writeFileSync(file('password'), 'pass word\n');
    const path = file(`${encryption}.pfx`);
    const password = source === '--password-file' ? [source, file('password')] : [source];
    const ended = await inside(
      ['export', 'export', '--format', 'pfx', '--out', path, '--pfx-encryption', encryption, ...password, ...place().at('export')],
      { input: 'pass word\r\nmore' },
    );
    // Wine has no icacls: there the rights of the folder apply, and it is said.
    expect(ended).toMatchObject({ code: 0, stderr: isWine ? expect.stringContaining(path) : '' });
    expect(ended.stdout).toContain('handover "export" --confirmed');
    expect(ended.stdout).toContain(`Import-PfxCertificate -FilePath '${path}'`);
    expect(ended.stdout).not.toContain('pass word');
    const legacy = encryption === 'compatible' ? ['-legacy'] : [];
    requireProgram('openssl');
    expect(openssl(['pkcs12', '-in', path, '-passin', 'pass:pass word', '-nodes', ...legacy])).toContain('PRIVATE KEY');
  });
});

describe('a password that is made for a PFX', () => {
  it('opens it, and is shown once', async () => {
    await connected('made');
    const [path, again] = [file('made.pfx'), file('again.pfx')];
    const args = (to: string) => ['export', 'made', '--format', 'pfx', '--out', to, '--generate-password'];
    const { code, stdout } = await place().cli('made', ...args(path));
    const password = /^Password, shown only now: (\S{29})$/m.exec(stdout)?.[1] ?? '';
    expect({ code, opened: openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes']).includes('PRIVATE KEY') }).toEqual({
      code: 0,
      opened: true,
    });
    const { document } = await place().json('made', ...args(again));
    expect(document).toMatchObject({ file: { path: again, format: 'pfx' }, importCommands: { certutil: expect.stringContaining(again) } });
    expect(openssl(['pkcs12', '-in', again, '-passin', `pass:${String(document['password'])}`, '-nodes'])).toContain('PRIVATE KEY');
    expect(document['password']).not.toBe(password);
    const logs = readdirSync(join(place().data('made'), 'practice', 'logs'))
      .map((name) => readFileSync(join(place().data('made'), 'practice', 'logs', name), 'utf8'))
      .join('');
    expect(logs).toContain('certificate.exported');
    expect(logs.includes(password) || logs.includes(String(document['password']))).toBe(false);
  });

  it.each([
    ['--format', 'cer', '--generate-password'],
    ['--format', 'pfx', '--generate-password', '--password-stdin'],
    ['--format', 'pfx', '--generate-password', '--password-file', 'x'],
  ])('does not go with %s %s %s %s', async (...args) => {
    expect(await place().json('made', 'export', 'made', '--out', file('x'), ...args.filter((each) => each !== undefined))).toMatchObject({
      code: 2,
      document: fault('input.option.conflict'),
    });
  });
});

describe('hand over and forget the key', () => {
  it('leaves the key to the server alone, and never calls that proven', async () => {
    const { certificate } = await connected('forget');
    const forget = (...args: string[]) => place().json('forget', 'handover', 'forget', ...args, '--forget-key');
    expect(await forget()).toMatchObject({ code: 2, document: fault('handover.not-confirmed') });
    expect(await forget('--not-needed')).toMatchObject({ code: 2, document: fault('input.option.conflict') });
    expect(await forget('--confirmed', '--thumbprint', 'A'.repeat(40))).toMatchObject({
      code: 2,
      document: fault('handover.other-thumbprint'),
    });
    const keys = () => practiceKeychain(join(place().data('forget'), 'practice')).accounts();
    expect(await keys()).toHaveLength(1);
    expect((await forget('--confirmed')).document).toMatchObject({
      credential: { custody: 'external', state: 'confirmed', handover: { thumbprint: certificate.thumbprint } },
    });
    expect(await keys()).toEqual([]);
    expect(await forget('--confirmed')).toMatchObject({ code: 2, document: fault('handover.key-elsewhere') });
    expect(
      await place().json('forget', 'export', 'forget', '--format', 'pfx', '--out', file('gone.pfx'), '--generate-password'),
    ).toMatchObject({ code: 2, document: fault('export.key-elsewhere') });
    expect(await place().json('forget', 'verify', 'forget', '--sign-in', '--yes')).toMatchObject({
      code: 0,
      document: {
        proof: {
          checks: expect.arrayContaining([
            expect.objectContaining({ check: 'key-credential', result: 'passed' }),
            expect.objectContaining({ check: 'token-graph', result: 'not-testable' }),
          ]),
        },
      },
    });
  });
});
