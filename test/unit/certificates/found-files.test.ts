import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificateFile, readPfxFile } from '../../../main/certificates/index.ts';

/** Files as administrators have them; each shows one way in which certificates are written, or damaged. */
const file = (name: string) => join(import.meta.dirname, 'fixtures', name);
/** Some of them end in 2027. */
const now = new Date('2026-12-01T12:00:00Z');
const fault = (code: string, params: object = {}) =>
  expect.objectContaining({ name: 'Fault', code, kind: 'input', params: expect.objectContaining(params) });
const ours = '98D44920D6C9898B00AA2F1D7AFBF511E6FAADB4';

describe('a certificate file', () => {
  // Thumbprints are those that OpenSSL prints of the same file.
  it.each([
    ['01-empty-subject.cer', '2059B40BE541488C95E3EB2738F1C3EF42427A7E'],
    ['01-empty-subject-for-csr.pem', 'CCC5C43F5C019BA0EA6B6D337710C7CB8D490DF0'],
    ['05-sigalg-without-null.cer', '2DDFB2AEBBC9025635FA0B46615E07A1EDD33AED'],
    ['06-pss-short-parameters.cer', 'C4FBFEA3B80FECA4AF5068980E2147B1BD31545F'],
    ['14-der-trailing-crlf.cer', '265A1A1AF817FCE7A3E1B33B8869807BC46A9B4A'],
    ['16-literal-backslash-n.cer', ours],
    ['16-mail-quoted.cer', ours],
    ['16-p7b-with-one.cer', ours],
    ['16-zero-width.cer', ours],
  ])('%s is read', async (name, thumbprint) => {
    const read = await readCertificateFile(file(name), now);
    expect(read.thumbprint).toBe(thumbprint);
    expect(new X509Certificate(read.der).fingerprint.replaceAll(':', '')).toBe(thumbprint);
  });

  it('without a subject is called by its first other name', async () => {
    const { subject } = await readCertificateFile(file('01-empty-subject.cer'), now);
    expect(subject).toBe('mail.contoso.example');
  });

  it('with a date that does not exist is refused, each time', async () => {
    for (let time = 0; time < 20; time += 1)
      await expect(readCertificateFile(file('02-invalid-date.cer'), now)).rejects.toEqual(fault('certificate.dates-invalid'));
  });
});

describe('a PFX', () => {
  it.each([
    ['01-empty-subject.pfx', 'Abc12345', '2059B40BE541488C95E3EB2738F1C3EF42427A7E'],
    ['03-null-password-forge.pfx', '', ours],
    ['05-chain-sigalg-without-null.pfx', 'Abc12345', 'AC621C839AD524D075696FDAB742217003935C16'],
    ['06-pss-short-parameters.pfx', 'Abc12345', 'C4FBFEA3B80FECA4AF5068980E2147B1BD31545F'],
    ['09-crl-bag.pfx', 'Abc12345', ours],
    ['09-nested-safecontents.pfx', 'Abc12345', ours],
    ['09-sdsi-bag.pfx', 'Abc12345', ours],
    ['10-base64-text.pfx', 'Abc12345', ours],
    ['17-umlaut-password.pfx', 'Käse-Straße', ours],
    ['17-umlaut-password.pfx', 'Käse-Straße'.normalize('NFD'), ours],
  ])('%s is read with the password %j', async (name, password, thumbprint) => {
    const read = await readPfxFile(file(name), password, now);
    expect(read.certificate.thumbprint).toBe(thumbprint);
    expect(new X509Certificate(read.certificate.der).checkPrivateKey(read.privateKey)).toBe(true);
  });

  it('brings its chain byte for byte', async () => {
    const { chain } = await readPfxFile(file('05-chain-sigalg-without-null.pfx'), 'Abc12345', now);
    expect(chain.map((der) => createHash('sha1').update(der).digest('hex').toUpperCase())).toEqual([
      'A3D8DE22DCAD3E19676812100E649E820928B07A',
    ]);
  });

  it('with two certificates of its key gives the one that the file names', async () => {
    const { certificate } = await readPfxFile(file('07-two-valid-same-key.pfx'), 'Abc12345', now);
    expect(certificate.thumbprint.slice(0, 8)).toBe('9DE71C28');
    const chosen = await readPfxFile(file('07-two-valid-same-key.pfx'), 'Abc12345', now, { alias: ours });
    expect(chosen.certificate.thumbprint).toBe(ours);
  });

  it.each([
    ['08-unknown-key-algorithm.pfx', 'import.pfx-key-unknown', {}],
    ['08-unreadable-extra-certificate.pfx', 'import.pfx-certificate-unreadable', {}],
    ['11-key-without-certificate.pfx', 'import.pfx-without-certificate', {}],
    ['12-iterations-2147483647.pfx', 'import.pfx-iterations', { iterations: 2_147_483_647 }],
    ['16-mail-quoted.cer', 'import.other-kind', { kind: 'certificate' }],
    ['16-p7b-with-one.cer', 'import.other-kind', { kind: 'certificate' }],
  ])('%s is refused: %s', async (name, code, params) => {
    await expect(readPfxFile(file(name), 'Abc12345', now)).rejects.toEqual(fault(code, { path: file(name), ...params }));
  });
});
