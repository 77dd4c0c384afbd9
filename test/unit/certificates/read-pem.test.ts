import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCertificate, readPemFiles, toPem } from '../../../main/certificates/index.ts';
import { once, openssl, scratchFile } from './samples.ts';

const now = new Date('2026-12-01T12:00:00Z');
const fault = (code: string, params: object = {}) =>
  expect.objectContaining({ name: 'Fault', code, kind: 'input', params: expect.objectContaining({ door: 'pem', ...params }) });
const made = once(() =>
  createCertificate({ commonName: 'proxy', keySize: 2048, notBefore: new Date('2026-01-01'), notAfter: new Date('2028-01-01') }),
);
const password = 'Käse 1';

async function texts() {
  const { certificate, privateKey } = await made();
  const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return {
    certificate: toPem(certificate),
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pkcs1,
    encrypted: privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password }).toString(),
    oldEncrypted: privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: password }).toString(),
    thumbprint: certificate.thumbprint,
  };
}

describe('certificate and key in PEM', () => {
  it.each(['pkcs8', 'pkcs1', 'encrypted', 'oldEncrypted'] as const)('are read with the key as %s, in one file or in two', async (form) => {
    const found = await texts();
    const secret = form === 'pkcs8' || form === 'pkcs1' ? null : password;
    for (const one of [
      found.certificate + found[form],
      found[form] + found.certificate,
      `${found[form]}${found.certificate}`.replaceAll('\n', '\r\n'),
    ]) {
      const read = await readPemFiles({ path: scratchFile('both.pem', one), keyPath: null }, secret, now);
      expect(read.certificate.thumbprint).toBe(found.thumbprint);
      expect(read.privateKey.equals((await made()).privateKey)).toBe(true);
    }
    const pair = { path: scratchFile('c.pem', found.certificate), keyPath: scratchFile('c.key', found[form]) };
    expect((await readPemFiles(pair, secret, now)).certificate.thumbprint).toBe(found.thumbprint);
  });

  it('may be DER each', async () => {
    const { certificate, privateKey } = await made();
    for (const type of ['pkcs8', 'pkcs1'] as const) {
      const pair = {
        path: scratchFile('c.cer', certificate.der),
        keyPath: scratchFile('c.key', privateKey.export({ type, format: 'der' })),
      };
      expect((await readPemFiles(pair, null, now)).certificate.thumbprint).toBe(certificate.thumbprint);
    }
  });

  it('are refused in words', async () => {
    const { certificate, pkcs8, encrypted } = await texts();
    const other = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey;
    const cases: readonly (readonly [string, string, string | null])[] = [
      ['import.key-missing', certificate, null],
      ['import.key-password-needed', certificate + encrypted, null],
      ['import.password-wrong', certificate + encrypted, 'wrong'],
      ['import.key-mismatch', certificate + other, null],
      ['import.pem-with-keys', certificate + pkcs8 + other, null],
      ['import.key-unreadable', certificate + pkcs8.slice(0, 400), null],
      ['certificate.not-a-certificate', pkcs8, null],
      ['certificate.cut-off', pkcs8 + certificate.slice(0, 400), null],
    ];
    for (const [code, text, secret] of cases) {
      const path = scratchFile('x.pem', text);
      await expect(readPemFiles({ path, keyPath: null }, secret, now), code).rejects.toEqual(fault(code, { path }));
    }
    const openssh = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    for (const [kind, text] of [
      ['openssh', openssh],
      ['putty', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n'],
    ] as const) {
      const keyPath = scratchFile('id', text);
      const pair = { path: scratchFile('c.pem', certificate), keyPath };
      await expect(readPemFiles(pair, null, now)).rejects.toEqual(fault('import.key-of-other-kind', { kind, path: keyPath }));
    }
  });

  it('come from openssl, too', async () => {
    const path = scratchFile('x.pem', '');
    openssl([
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-passout',
      'pass:secret',
      '-subj',
      '/CN=nginx',
      '-days',
      '30',
      '-keyout',
      `${path}.key`,
      '-out',
      path,
    ]);
    expect((await readPemFiles({ path, keyPath: `${path}.key` }, 'secret', new Date())).certificate.subject).toBe('CN=nginx');
  });
});
