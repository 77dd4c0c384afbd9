import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPfx, readCertificateFile, toPem } from '../../../main/certificates/index.ts';
import { Fault } from '../../../main/faults.ts';
import { isWindows, skippedWhere } from '../../system.ts';
import { openssl, opensslCertificate, ours, scratchFile, scratchFolder } from './samples.ts';

const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });

describe('a certificate file of the server', () => {
  it('is read as DER, as PEM with text around it, and as bare base64', async () => {
    const { certificate } = await ours();
    const pem = toPem(certificate);
    const forms = [
      certificate.der,
      pem,
      `Bag Attributes\r\n  friendlyName: x\r\n${pem.replaceAll('\n', '\r\n')}`,
      Buffer.from(certificate.der).toString('base64'),
      `\uFEFF${pem}`,
      `0 of 1\n${pem}`,
      Buffer.concat([certificate.der, Buffer.from('\r\n')]),
    ];
    for (const bytes of forms) expect(await readCertificateFile(scratchFile('server.cer', bytes))).toEqual(certificate);
  });

  it('is read as Windows PowerShell writes a text, in UTF-16', async () => {
    const { certificate } = await ours();
    const little = Buffer.from(`\uFEFF${toPem(certificate)}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()])
      expect(await readCertificateFile(scratchFile('server.cer', bytes))).toEqual(certificate);
  });

  it('may come from another maker', async () => {
    const { pem } = opensslCertificate(['-newkey', 'rsa:2048', '-days', '30']);
    expect(await readCertificateFile(pem)).toMatchObject({ subject: 'CN=other', keySize: 2048, selfSigned: true });
  });
});

describe('refused in words', () => {
  it.each([
    ['a missing file', () => join(scratchFolder(), 'none.cer'), 'certificate.file-missing'],
    ['a folder', () => scratchFolder(), 'certificate.file-is-folder'],
    ['an empty file', () => scratchFile('empty.cer', ''), 'certificate.file-empty'],
    ['5 MB of noise', () => scratchFile('noise.cer', randomBytes(5 * 1024 * 1024)), 'certificate.file-too-large'],
    [
      '1 MB of small elements',
      () => scratchFile('noise.cer', Buffer.concat([Buffer.from('30830ffffb', 'hex'), Buffer.alloc(1_048_571, '0500', 'hex')])),
      'certificate.file-too-large',
    ],
    ['some noise', () => scratchFile('noise.cer', randomBytes(900).fill(1, 0, 1)), 'certificate.not-a-certificate'],
    ['a text', () => scratchFile('read.me', 'Hello, world!'), 'certificate.not-a-certificate'],
    [
      'a certificate request',
      () => scratchFile('x.csr', '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n'),
      'certificate.other-kind',
    ],
    [
      'an ASN.1 sequence that is no certificate',
      () => scratchFile('x.cer', Buffer.from('3003020101', 'hex')),
      'certificate.not-a-certificate',
    ],
  ])('%s', async (_name, path, code) => {
    await expect(readCertificateFile(path())).rejects.toEqual(fault(code));
  });

  it('a PFX, whoever made it', async () => {
    const { certificate, privateKey } = await ours();
    const pfx = await createPfx({ certificate, privateKey, password: 'secret', encryption: 'modern', friendlyName: 'x' });
    const { pem, key, folder } = opensslCertificate(['-newkey', 'rsa:2048']);
    const theirs = join(folder, 'c.pfx');
    openssl(['pkcs12', '-export', '-in', pem, '-inkey', key, '-out', theirs, '-passout', 'pass:secret']);
    for (const bytes of [
      pfx,
      Buffer.from(pfx).toString('base64'),
      pfx.subarray(0, 400),
      readFileSync(theirs),
      Buffer.from('30800201033080060b', 'hex'),
    ]) {
      await expect(readCertificateFile(scratchFile('mistake.cer', bytes))).rejects.toEqual(fault('certificate.pfx'));
    }
  });

  it('a private key, beside the certificate or alone, PEM or DER', async () => {
    const { certificate, privateKey } = await ours();
    const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const encrypted = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
    const forms = [
      toPem(certificate) + key,
      key + toPem(certificate),
      key.slice(0, 200),
      pkcs8,
      pkcs8.toString('base64'),
      Buffer.concat([certificate.der, pkcs8]),
      privateKey.export({ format: 'der', type: 'pkcs1' }),
      privateKey.export({ format: 'pem', ...encrypted }),
      privateKey.export({ format: 'der', ...encrypted }),
    ];
    for (const bytes of forms)
      await expect(readCertificateFile(scratchFile('k.pem', bytes))).rejects.toEqual(fault('certificate.private-key-inside'));
  });

  it('a chain: PEM after PEM, DER after DER, PKCS#7', async () => {
    const [one, two] = await Promise.all([ours(), ours()]);
    const path = scratchFile('two.pem', toPem(one.certificate) + toPem(two.certificate));
    await expect(readCertificateFile(path)).rejects.toEqual(fault('certificate.chain'));
    await expect(readCertificateFile(scratchFile('two.cer', Buffer.concat([one.certificate.der, two.certificate.der])))).rejects.toEqual(
      fault('certificate.chain'),
    );
    const p7b = join(scratchFolder(), 'c.p7b');
    openssl(['crl2pkcs7', '-nocrl', '-certfile', path, '-outform', 'DER', '-out', p7b]);
    await expect(readCertificateFile(p7b)).rejects.toEqual(fault('certificate.chain'));
    const text = openssl(['crl2pkcs7', '-nocrl', '-certfile', path]);
    await expect(readCertificateFile(scratchFile('c.p7b', text))).rejects.toEqual(fault('certificate.chain'));
  });

  it('half a certificate', async () => {
    const { certificate } = await ours();
    const pem = toPem(certificate);
    const base64 = Buffer.from(certificate.der).toString('base64');
    const halves = [
      pem.slice(0, 300),
      pem.slice(300),
      pem.slice(0, -5),
      `${pem.slice(0, 300)}\n-----END CERTIFICATE-----\n`,
      base64.slice(0, 600),
      certificate.der.subarray(0, 300),
      certificate.der.subarray(0, -1),
    ];
    for (const half of halves)
      await expect(readCertificateFile(scratchFile('half.cer', half))).rejects.toEqual(fault('certificate.cut-off'));
  });

  it('wherever a good one is cut, without another word than these', async () => {
    const { certificate } = await ours();
    const pem = Buffer.from(toPem(certificate));
    const cuts = fc
      .constantFrom(certificate.der, pem)
      .chain((whole) => fc.integer({ min: 1, max: whole.length - 2 }).map((length) => whole.subarray(0, length)));
    const path = scratchFile('cut.cer', '');
    await fc.assert(
      fc.asyncProperty(cuts, async (bytes) => {
        writeFileSync(path, bytes);
        const error: unknown = await readCertificateFile(path).catch((reason: unknown) => reason);
        expect(['certificate.cut-off', 'certificate.not-a-certificate']).toContain(error instanceof Fault && error.code);
      }),
    );
  });

  it('a device without an end', skippedWhere(isWindows, 'Windows has no device without an end'), async () => {
    await expect(readCertificateFile('/dev/zero')).rejects.toEqual(fault('certificate.file-too-large'));
  });

  it('an elliptic curve key and a short RSA key', async () => {
    await expect(
      readCertificateFile(opensslCertificate(['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']).pem),
    ).rejects.toEqual(fault('certificate.not-rsa'));
    await expect(readCertificateFile(opensslCertificate(['-newkey', 'rsa:1024']).pem)).rejects.toEqual(fault('certificate.key-too-small'));
  });

  it('one that is over and one that has not begun, but not one ten minutes ahead', async () => {
    const { pem } = opensslCertificate(['-newkey', 'rsa:2048', '-days', '30']);
    const day = 24 * 60 * 60 * 1000;
    await expect(readCertificateFile(pem, new Date(Date.now() + 40 * day))).rejects.toEqual(fault('certificate.expired'));
    await expect(readCertificateFile(pem, new Date(Date.now() - day))).rejects.toEqual(fault('certificate.not-yet-valid'));
    await expect(readCertificateFile(pem, new Date(Date.now() - 5 * 60 * 1000))).resolves.toMatchObject({ subject: 'CN=other' });
  });
});
