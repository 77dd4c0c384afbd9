import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPfx, createRequest, readPfxFile } from '../../../main/certificates/index.ts';
import { authority } from './authority.ts';
import { requireProgram } from '../../system.ts';
import { once, openssl, opensslCertificate, ours, scratchFile, scratchFolder, sharedFolder } from './samples.ts';

beforeEach(() => requireProgram('openssl'));

const now = new Date();
const password = 'correct horse "battery" ~ staple';
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });

interface Source {
  readonly pem: string;
  readonly key: string;
}

function pfxOf({ pem, key }: Source, ...options: readonly string[]): string {
  const path = join(scratchFolder(), 'x.pfx');
  openssl(['pkcs12', '-export', '-in', pem, '-inkey', key, '-out', path, '-passout', `pass:${password}`, '-name', 'Contoso', ...options]);
  return path;
}

const shared = sharedFolder();
const rsa = once(() => opensslCertificate(['-newkey', 'rsa:2048', '-days', '30'], shared));

describe('a PFX made elsewhere', () => {
  it.each([
    ['as OpenSSL 3 makes it: PBES2', []],
    ['with Triple DES, as Windows Server 2016 makes it', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    [
      'with RC2 for the certificate, as older Windows makes it',
      ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1'],
    ],
    [
      'with AES-128 and a strong integrity check',
      ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512', '-iter', '100000'],
    ],
    ['without encryption of the certificate', ['-certpbe', 'NONE']],
    ['without encryption at all', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
  ])('%s gives its key and certificate', async (_name, options) => {
    const source = rsa();
    const read = await readPfxFile(pfxOf(source, ...options), password, now);
    expect(Buffer.from(read.certificate.der)).toEqual(new X509Certificate(readFileSync(source.pem)).raw);
    expect(read.privateKey.equals(createPrivateKey(readFileSync(source.key)))).toBe(true);
    expect(read.chain).toEqual([]);
  });

  it.each(['modern', 'compatible'] as const)('may be one of ours: %s', async (encryption) => {
    const made = await ours();
    const path = scratchFile('ours.pfx', await createPfx({ ...made, password, encryption, friendlyName: 'Köln' }));
    const read = await readPfxFile(path, password, now);
    expect(read.certificate).toEqual(made.certificate);
    expect(read.privateKey.equals(made.privateKey)).toBe(true);
    await expect(readPfxFile(path, 'wrong', now)).rejects.toEqual(fault('import.password-wrong'));
  });

  it('brings the chain of its certificate, issuer first', async () => {
    const ca = authority();
    const { privateKey } = await ours();
    const key = join(ca.folder, 'our.key');
    writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const chain = join(ca.folder, 'chain.pem');
    writeFileSync(chain, readFileSync(ca.root, 'utf8') + readFileSync(ca.intermediate, 'utf8'));
    const read = await readPfxFile(
      pfxOf({ pem: ca.sign(await createRequest('Contoso', privateKey)), key }, '-certfile', chain),
      password,
      now,
    );
    expect(read.certificate.issuer).toBe('CN=Intermediate');
    expect(read.chain.map((der) => new X509Certificate(der).subject)).toEqual(['CN=Intermediate', 'CN=Root']);
  });

  it('leaves the caller at work', async () => {
    const path = pfxOf(rsa(), '-iter', '200000');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await readPfxFile(path, password, now).finally(() => clearInterval(timer));
    expect(turns).toBeGreaterThan(10);
  });
});

describe('refused in words', () => {
  it.each([
    ['Triple DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['PBES2', []],
  ])('another password, with %s', async (_name, options) => {
    const path = pfxOf(rsa(), ...options);
    for (const wrong of ['', 'wrong', `${password} `])
      await expect(readPfxFile(path, wrong, now)).rejects.toEqual(fault('import.password-wrong'));
    // Every reading of letters with accents is tried; none of them fits.
    await expect(readPfxFile(path, 'pässwort', now)).rejects.toEqual(fault('import.password-wrong'));
  });

  it('a key that Microsoft Entra ID does not take, or a certificate out of its time', async () => {
    const kinds = [
      [opensslCertificate(['-newkey', 'rsa:1024']), 'certificate.key-too-small'],
      [opensslCertificate(['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']), 'certificate.not-rsa'],
    ] as const;
    for (const [source, code] of kinds) await expect(readPfxFile(pfxOf(source), password, now)).rejects.toEqual(fault(code));
    const later = new Date(now.getTime() + 40 * 86_400_000);
    await expect(readPfxFile(pfxOf(rsa()), password, later)).rejects.toEqual(fault('certificate.expired'));
  });

  it('a file without the key, or with several', async () => {
    await expect(readPfxFile(pfxOf(rsa(), '-nokeys'), password, now)).rejects.toEqual(fault('import.pfx-without-key'));
  });

  it('what is no PFX, or is damaged', async () => {
    const path = pfxOf(rsa());
    const whole = readFileSync(path);
    const damaged = Buffer.from(whole);
    damaged[Math.floor(whole.length / 2)] = (damaged[Math.floor(whole.length / 2)] ?? 0) ^ 0xff;
    const { certificate } = await ours();
    const cases = [
      ['', 'certificate.file-empty'],
      ['Hello', 'import.pfx-invalid'],
      [certificate.der, 'import.other-kind'],
      [whole.subarray(0, 500), 'import.pfx-invalid'],
    ] as const;
    for (const [bytes, code] of cases) await expect(readPfxFile(scratchFile('x.pfx', bytes), password, now)).rejects.toEqual(fault(code));
    await expect(readPfxFile(scratchFile('x.pfx', damaged), password, now)).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/^import\.(?:password-wrong|pfx-invalid)$/) }),
    );
    await expect(readPfxFile('/nowhere.pfx', password, now)).rejects.toEqual(fault('certificate.file-missing'));
  });
});
