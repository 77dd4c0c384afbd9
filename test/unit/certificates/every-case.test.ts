import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCertificateContents } from '../../../main/certificates/index.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { pfxIn, validatedPfx } from '../../../main/certificates/read-pfx.ts';
import { pemIn } from '../../../main/certificates/read-pem.ts';
import { signedIn } from '../../../main/certificates/read-signed.ts';
import { asFault } from '../../../main/faults.ts';
import { named } from '../../../main/certificates/door.ts';
import { caseDay, casePath, cases, isRefusal, type Case } from './cases.ts';
import { once, ours } from './samples.ts';

/** What one file comes to: the thumbprint, or the fault. */
function outcomeOf(read: () => { readonly thumbprint: string }): string {
  try {
    return read().thumbprint;
  } catch (error) {
    return asFault(error).code;
  }
}
const said = (outcome: Case['certificate']): string => (isRefusal(outcome) ? outcome.code : outcome.thumbprint);
/** Of no certificate in these files. */
const another = once(() => ours());
const bytesOf = (file: string): Uint8Array => readFileSync(casePath(file));
const pfxFile = (path: string) => ({ path, door: 'pfx' as const });
const readPfx = (file: string, password: string, alias: string | null = null) => {
  const pfx = named(pfxFile(file), 'import.pfx-invalid', () => pfxIn(bytesOf(file)));
  return validatedPfx(pfxFile(file), openPfx(pfx, password), alias, caseDay);
};

describe.each(cases)('$file', ({ file, password, certificate, pfx, signed, pem }) => {
  it('is taken for what it is at every door', async () => {
    const { privateKey } = await another();
    const bytes = bytesOf(file);
    expect(outcomeOf(() => readCertificateContents(file, bytes, caseDay))).toBe(said(certificate));
    expect(outcomeOf(() => readPfx(file, password).certificate)).toBe(said(pfx));
    const answer = { path: file, door: 'signed' as const };
    expect(outcomeOf(() => signedIn(answer, bytes, [privateKey], caseDay).certificate)).toBe(signed.code);
    const both = { path: file, door: 'pem' as const };
    expect(outcomeOf(() => pemIn({ file: both, bytes, keyFile: both, keyBytes: bytes }, null, caseDay).certificate)).toBe(pem.code);
  });
});

describe('a certificate among those cases', () => {
  it.each(cases.filter(({ certificate }) => !isRefusal(certificate)))('$file says what OpenSSL says of it', ({ file, certificate }) => {
    expect(readCertificateContents(file, bytesOf(file), caseDay)).toMatchObject(certificate);
  });
});

describe('a PFX among those cases', () => {
  it.each(cases.filter(({ pfx }) => !isRefusal(pfx)))('$file opens with its password alone', ({ file, password, pfx }) => {
    expect(readPfx(file, password).certificate).toMatchObject(pfx);
    expect(openPfx(pfxIn(bytesOf(file)), `${password}x`)).toMatchObject({ refused: 'password' });
  });

  it('brings its chain byte for byte', () => {
    const { chain } = readPfx('05-chain-sigalg-without-null.pfx', 'Abc12345');
    expect(chain.map((der) => createHash('sha1').update(der).digest('hex').toUpperCase())).toEqual([
      'A3D8DE22DCAD3E19676812100E649E820928B07A',
    ]);
  });

  it('with two certificates of its key gives the one that is named, whatever the case and the colons', () => {
    const thumbprint = '98D44920D6C9898B00AA2F1D7AFBF511E6FAADB4';
    for (const alias of [thumbprint, thumbprint.toLowerCase(), thumbprint.replaceAll(/(..)(?=.)/g, '$1:'), `\u200E${thumbprint}`])
      expect(readPfx('07-two-valid-same-key.pfx', 'Abc12345', alias).certificate.thumbprint).toBe(thumbprint);
  });
});
