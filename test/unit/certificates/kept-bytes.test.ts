import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCertificateContents, readSignedCertificate, toPem } from '../../../main/certificates/index.ts';
import { validatedPfx } from '../../../main/certificates/read-pfx.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { bags, pfxOfBags } from './der-writer.ts';
import { keys, odd, oddCertificate, p7bOf } from './odd-certificates.ts';
import { scratchFile } from './samples.ts';

const now = new Date('2026-12-01T12:00:00Z');

const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex').toUpperCase();

describe('the bytes of a certificate', () => {
  it('are those of the file, through every door and in every export, however it is legally encoded', async () => {
    const { publicKey, privateKey } = keys().rsa;
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const path = scratchFile('odd.cer', '');
    await fc.assert(
      fc.asyncProperty(odd, odd, async (shape, above) => {
        const der = oddCertificate(shape, publicKey);
        const issuer = oddCertificate(above, above.signer === 'curve' ? keys().curve.publicKey : keys().authority.publicKey);
        const pfx = pfxOfBags([[bags.key(pkcs8)], [bags.certificate(issuer), bags.certificate(der)]], 'Abc12345');
        const file = { path, door: 'pfx' } as const;
        const p7b = p7bOf(der);
        const read = [
          readCertificateContents('odd.cer', der, now),
          readCertificateContents('odd.cer', Buffer.from(toPem({ der })), now),
          readCertificateContents('odd.p7b', Buffer.concat([p7b, Buffer.alloc(7)]), now),
          (await readSignedCertificate(scratchFile('answer.p7b', p7b), [privateKey], now)).certificate,
          validatedPfx(file, openPfx(pfx, 'Abc12345'), null, now).certificate,
        ];
        for (const each of read) {
          expect(Buffer.from(each.der)).toEqual(der);
          expect(each).toMatchObject({ thumbprint: sha1(der), notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' });
          expect(each.subject).not.toBe('');
          expect(Buffer.from(toPem(each).split('\n').slice(1, -2).join(''), 'base64')).toEqual(der);
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);

  it('have to be DER: what OpenSSL would write anew is refused, because two programs would see two thumbprints', () => {
    const der = oddCertificate(
      { subject: 'utf8', parameters: 'null', signer: 'rsa', serial: Buffer.from([1]), time: 'utc', extensions: true },
      keys().rsa.publicKey,
    );
    // The outer length in one octet more than it needs: BER, not DER.
    const ber = Buffer.concat([Buffer.from([0x30, 0x83, 0x00]), der.subarray(2)]);
    expect(new X509Certificate(ber).raw.equals(ber)).toBe(false);
    expect(() => readCertificateContents('ber.cer', ber, now)).toThrow(expect.objectContaining({ code: 'certificate.not-der' }));
  });
});
