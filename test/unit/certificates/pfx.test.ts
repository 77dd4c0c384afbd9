import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { checkKeyMatches, createPfx, readCertificate } from '../../../main/certificates/index.ts';
import { isInstalled, openssl, ours, scratchFile } from './samples.ts';

const password = 'correct horse "battery" ~ staple';
const kinds = ['modern', 'compatible'] as const;

async function sample(encryption: (typeof kinds)[number]) {
  const made = await ours('MailStore Server', 3072);
  const pfx = await createPfx({ ...made, password, encryption, friendlyName: 'Contoso archive' });
  return { ...made, pfx, path: scratchFile('x.pfx', pfx) };
}

describe.each(kinds)('a %s PFX', (encryption) => {
  it.each([[[]], [['-legacy']]])('gives certificate and key to openssl %s', async (legacy) => {
    const { path, certificate, privateKey } = await sample(encryption);
    const pem = openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', ...legacy]);
    expect(readCertificate(Buffer.from(/-----BEGIN CERTIFICATE-----[^]*END CERTIFICATE-----/.exec(pem)?.[0] ?? '')).thumbprint).toBe(certificate.thumbprint);
    expect(createPrivateKey(pem).equals(privateKey)).toBe(true);
    expect(pem).toMatch(/friendlyName: Contoso archive/);
    expect(pem.match(/localKeyID/g)).toHaveLength(2);
  });

  it('opens in Node’s TLS, and not with another password', async () => {
    const { pfx } = await sample(encryption);
    expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase: password })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase: 'wrong' })).toThrow();
  });

  it('is never made with another certificate’s key', async () => {
    const [one, two] = await Promise.all([ours(), ours()]);
    const request = { certificate: one.certificate, privateKey: two.privateKey, password, encryption, friendlyName: 'x' };
    await expect(createPfx(request)).rejects.toEqual(expect.objectContaining({ code: 'bug' }));
  });

  it('leaves the caller’s key usable and the caller at work', async () => {
    const made = await ours();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await createPfx({ ...made, password, encryption, friendlyName: 'x' }).finally(() => clearInterval(timer));
    expect(turns).toBeGreaterThan(10);
    expect(checkKeyMatches(made.certificate, made.privateKey)).toBe(true);
  });

  it('opens in Java’s keytool', async (context) => {
    if (!isInstalled('keytool')) context.skip('skipped, because keytool is not installed');
    const { certificate, privateKey } = await ours();
    const pfx = await createPfx({ certificate, privateKey, password, encryption, friendlyName: 'Archiv Köln 株式会社 😀' });
    const utf8 = ['-J-Dfile.encoding=UTF-8', '-J-Dsun.stdout.encoding=UTF-8', '-J-Dstdout.encoding=UTF-8'];
    const text = execFileSync('keytool', ['-list', '-v', '-storetype', 'PKCS12', '-keystore', scratchFile('x.pfx', pfx), '-storepass', password, ...utf8], { encoding: 'utf8' });
    expect(text).toMatch(/PrivateKeyEntry/);
    expect(text.replaceAll(':', '')).toContain(certificate.thumbprint);
    // Java shows the friendly name as the alias, in small letters.
    expect(text).toContain('archiv köln 株式会社 😀');
  });

  it.each([
    ['', 'certificate.password-empty'],
    ['pässwort', 'certificate.password-not-ascii'],
    ['tab\tbed', 'certificate.password-not-ascii'],
  ])('refuses the password %j', async (bad, code) => {
    const made = await ours();
    await expect(createPfx({ ...made, password: bad, encryption, friendlyName: 'x' })).rejects.toEqual(expect.objectContaining({ code }));
  });
});

describe('what protects the contents', () => {
  it('is AES-256 with SHA-256 in a modern one', async () => {
    const { path } = await sample('modern');
    const text = execFileSync('sh', ['-c', `openssl pkcs12 -in '${path}' -passin 'pass:${password}' -info -noout 2>&1`], { encoding: 'utf8' });
    expect(text).toMatch(/MAC: sha256, Iteration 100000/);
    expect(text.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256/g)).toHaveLength(2);
  });

  it('is Triple DES in a compatible one', async () => {
    const { path } = await sample('compatible');
    const text = execFileSync('sh', ['-c', `openssl pkcs12 -in '${path}' -passin 'pass:${password}' -info -noout -legacy 2>&1`], { encoding: 'utf8' });
    expect(text).toMatch(/pbeWithSHA1And3-KeyTripleDES-CBC/);
  });
});
