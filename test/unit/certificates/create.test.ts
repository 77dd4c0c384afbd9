import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateDates, checkKeyMatches, createCertificate, readCertificate, toCer, toPem } from '../../../main/certificates/index.ts';
import { openssl, ours, scratchFolder } from './samples.ts';

describe('a new certificate', () => {
  it('says what RFC 5280 and Microsoft ask for, read back by OpenSSL', async () => {
    const { certificate } = await ours('MailStore Sërver', 3072);
    const text = openssl(['x509', '-inform', 'DER', '-noout', '-text', '-nameopt', 'utf8'], certificate.der);
    expect(text).toMatch(/Version: 3/);
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
    expect(text).toMatch(/Subject: CN=MailStore Sërver/);
    expect(text).toMatch(/Public-Key: \(3072 bit\)/);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature/);
    expect(text).toMatch(/Extended Key Usage: \n\s+TLS Web Client Authentication\n/);
    expect(text).toMatch(/Subject Key Identifier/);
    expect(certificate).toMatchObject({ subject: 'CN=MailStore Sërver', selfSigned: true, keySize: 3072 });
  });

  it('has the dates it was asked for, and a positive serial number of 16 bytes', async () => {
    const { notBefore, notAfter } = certificateDates(new Date('2026-11-24T11:00:30.500Z'), { months: 15 });
    const { certificate } = await createCertificate({ commonName: 'MailStore Server', keySize: 2048, notBefore, notAfter });
    expect(openssl(['x509', '-inform', 'DER', '-noout', '-dates'], certificate.der)).toBe(
      'notBefore=Nov 24 10:50:30 2026 GMT\nnotAfter=Feb 24 10:50:30 2028 GMT\n',
    );
    expect(certificate).toMatchObject({ notBefore: '2026-11-24T10:50:30Z', notAfter: '2028-02-24T10:50:30Z' });
    expect(openssl(['x509', '-inform', 'DER', '-noout', '-serial'], certificate.der)).toMatch(/^serial=[4-7][0-9A-F]{31}\n$/);
  });

  it.each([
    ['MailStore, Server + "x" = <y>; \\ #', 'MailStore, Server + "x" = <y>; \\ #'],
    ['x'.repeat(120), 'x'.repeat(64)],
    [`${'a'.repeat(63)}😀b`, `${'a'.repeat(63)}😀`],
    ['half \uD83D', 'half \uFFFD'],
  ])('bears the name %j as X.520 allows it', async (name, expected) => {
    const { certificate } = await ours(name);
    expect(openssl(['x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', 'utf8,sep_multiline'], certificate.der)).toBe(
      `subject=\n    CN=${expected}\n`,
    );
  });

  it('verifies with its own public key, and only with its own', async () => {
    const [one, two] = await Promise.all([ours(), ours()]);
    const x509 = new X509Certificate(one.certificate.der);
    expect(x509.verify(createPublicKey(one.privateKey))).toBe(true);
    expect(x509.verify(createPublicKey(two.privateKey))).toBe(false);
    expect(checkKeyMatches(one.certificate, one.privateKey)).toBe(true);
    expect(checkKeyMatches(one.certificate, two.privateKey)).toBe(false);
    expect(x509.serialNumber).not.toBe(new X509Certificate(two.certificate.der).serialNumber);
  });

  it('is not called self-signed for its names alone: an authority may sign one that is called as itself', () => {
    const folder = scratchFolder();
    const at = (name: string) => join(folder, name);
    const newKey = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', at(`${name}.key`), '-subj', '/CN=Same'];
    openssl(['req', '-x509', ...newKey('root'), '-days', '30', '-out', at('root.pem')]);
    openssl(['req', ...newKey('leaf'), '-out', at('leaf.csr')]);
    const signing = ['-CA', at('root.pem'), '-CAkey', at('root.key'), '-CAcreateserial', '-days', '30'];
    openssl(['x509', '-req', '-in', at('leaf.csr'), ...signing, '-out', at('leaf.pem')]);
    const told = (name: string) => readCertificate(readFileSync(at(name)));
    expect(told('leaf.pem')).toMatchObject({ subject: 'CN=Same', issuer: 'CN=Same', selfSigned: false });
    expect(told('root.pem').selfSigned).toBe(true);
  });

  it('has the thumbprints that OpenSSL computes', async () => {
    const { certificate } = await ours();
    const print = (algorithm: string) =>
      openssl(['x509', '-inform', 'DER', '-noout', '-fingerprint', algorithm], certificate.der)
        .replace(/^.*=/, '')
        .replaceAll(':', '')
        .trim();
    expect(certificate.thumbprint).toBe(print('-sha1'));
    expect(certificate.thumbprintSha256).toBe(print('-sha256'));
  });

  it('survives DER, PEM and bare base64 unchanged', async () => {
    const { certificate } = await ours();
    for (const bytes of [
      toCer(certificate),
      Buffer.from(toPem(certificate)),
      Buffer.from(Buffer.from(certificate.der).toString('base64')),
    ]) {
      expect(readCertificate(bytes)).toEqual(certificate);
    }
    expect(openssl(['x509', '-outform', 'DER', '-fingerprint', '-noout'], Buffer.from(toPem(certificate))).replaceAll(':', '')).toContain(
      certificate.thumbprint,
    );
  });

  it('is not read from anything else', () => {
    expect(() => readCertificate(Buffer.from('noise'))).toThrow(expect.objectContaining({ code: 'certificate.not-a-certificate' }));
  });
});

describe('dates', () => {
  it('begin ten minutes ago and end months later on the same day, or the last of a shorter month', () => {
    expect(certificateDates(new Date('2026-11-24T11:00:30.500Z'), { months: 15 })).toEqual({
      notBefore: new Date('2026-11-24T10:50:30Z'),
      notAfter: new Date('2028-02-24T10:50:30Z'),
    });
    expect(certificateDates(new Date('2026-01-31T12:00:00Z'), { months: 1 }).notAfter).toEqual(new Date('2026-02-28T11:50:00Z'));
    expect(certificateDates(new Date('2028-01-31T12:00:00Z'), { months: 1 }).notAfter).toEqual(new Date('2028-02-29T11:50:00Z'));
  });

  it('end with the day that was asked for, in UTC', () => {
    expect(certificateDates(new Date('2026-11-24T11:00:30.500Z'), { until: '2027-12-31' })).toEqual({
      notBefore: new Date('2026-11-24T10:50:30Z'),
      notAfter: new Date('2027-12-31T23:59:59Z'),
    });
  });

  it('never run over into the next month', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 36 }),
        (now, months) => {
          const { notBefore, notAfter } = certificateDates(now, { months });
          expect(now.getTime() - notBefore.getTime()).toBeGreaterThanOrEqual(10 * 60 * 1000);
          expect(now.getTime() - notBefore.getTime()).toBeLessThan(10 * 60 * 1000 + 1000);
          expect([notBefore.getUTCMilliseconds(), notAfter.getUTCMilliseconds()]).toEqual([0, 0]);
          const passed = (notAfter.getUTCFullYear() - notBefore.getUTCFullYear()) * 12 + notAfter.getUTCMonth() - notBefore.getUTCMonth();
          expect(passed).toBe(months);
          expect(notAfter.toISOString().slice(11)).toBe(notBefore.toISOString().slice(11));
          // The same day, unless the month is shorter: then its last.
          const tomorrow = new Date(notAfter.getTime() + 24 * 60 * 60 * 1000);
          const shortened = notAfter.getUTCDate() < notBefore.getUTCDate();
          expect(shortened ? tomorrow.getUTCDate() : notAfter.getUTCDate()).toBe(shortened ? 1 : notBefore.getUTCDate());
        },
      ),
    );
  });
});
