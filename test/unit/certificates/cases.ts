import { join } from 'node:path';

/** What OpenSSL says of a certificate; where the subject is empty, the name by which it is shown. */
export interface CertificateFacts {
  readonly thumbprint: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** Why a file is refused: the fault, and what its sentence has to say. */
export interface Refusal {
  readonly code: string;
  readonly says: RegExp;
}

/** What one file comes to at the doors that take such a file, and at those to which it is brought by mistake. */
export interface Case {
  readonly file: string;
  readonly password: string;
  /** Where a certificate without its key is asked for. */
  readonly certificate: CertificateFacts | Refusal;
  readonly pfx: CertificateFacts | Refusal;
  /** Where the answer to a request is asked for, whose key is another. */
  readonly signed: Refusal;
  /** Where certificate and key are asked for in PEM. */
  readonly pem: Refusal;
}

export const isRefusal = (outcome: CertificateFacts | Refusal): outcome is Refusal => 'code' in outcome;

/** Days on which those that may be accepted are in their time; some of them end in 2027. */
export const caseDay = new Date('2026-12-01T12:00:00Z');

export const casePath = (file: string): string => join(import.meta.dirname, 'fixtures', file);

const own: CertificateFacts = {
  thumbprint: '98D44920D6C9898B00AA2F1D7AFBF511E6FAADB4',
  subject: 'CN=ms-server',
  notBefore: '2026-11-30T00:47:28Z',
  notAfter: '2028-01-04T00:47:28Z',
};
const withoutSubject: CertificateFacts = {
  thumbprint: '2059B40BE541488C95E3EB2738F1C3EF42427A7E',
  subject: 'mail.contoso.example',
  notBefore: '2026-11-30T00:47:29Z',
  notAfter: '2028-01-04T00:47:29Z',
};
const shortParameters: CertificateFacts = {
  thumbprint: 'C4FBFEA3B80FECA4AF5068980E2147B1BD31545F',
  subject: 'CN=pss',
  notBefore: '2026-11-29T00:00:00Z',
  notAfter: '2028-02-01T00:00:00Z',
};

const otherKey: Refusal = { code: 'import.key-mismatch', says: /key/ };
const certificate = (file: string, outcome: CertificateFacts | Refusal): Case => ({
  file,
  password: 'Abc12345',
  certificate: outcome,
  pfx: { code: 'import.other-kind', says: /is a certificate/ },
  signed: otherKey,
  pem: { code: 'import.key-missing', says: /private key/ },
});
const isPfx: Refusal = { code: 'certificate.pfx', says: /PFX/ };
const pfx = (file: string, outcome: CertificateFacts | Refusal, password = 'Abc12345'): Case => ({
  file,
  password,
  certificate: isPfx,
  pfx: outcome,
  signed: isPfx,
  pem: isPfx,
});

/** Files as administrators have them; each shows one way in which certificates are written, or damaged. */
export const cases: readonly Case[] = [
  certificate('01-empty-subject.cer', withoutSubject),
  certificate('01-empty-subject-for-csr.pem', {
    thumbprint: 'CCC5C43F5C019BA0EA6B6D337710C7CB8D490DF0',
    subject: 'mail.contoso.example',
    notBefore: '2026-11-30T00:59:47Z',
    notAfter: '2027-09-26T00:59:47Z',
  }),
  certificate('02-invalid-date.cer', { code: 'certificate.dates-invalid', says: /date/ }),
  certificate('05-sigalg-without-null.cer', { ...own, thumbprint: '2DDFB2AEBBC9025635FA0B46615E07A1EDD33AED' }),
  certificate('06-pss-short-parameters.cer', shortParameters),
  certificate('14-der-trailing-crlf.cer', {
    thumbprint: '265A1A1AF817FCE7A3E1B33B8869807BC46A9B4A',
    subject: 'CN=CSR',
    notBefore: '2026-11-30T00:59:47Z',
    notAfter: '2027-09-26T00:59:47Z',
  }),
  certificate('16-literal-backslash-n.cer', own),
  certificate('16-mail-quoted.cer', own),
  certificate('16-p7b-with-one.cer', own),
  certificate('16-zero-width.cer', own),
  pfx('01-empty-subject.pfx', withoutSubject),
  pfx('03-null-password-forge.pfx', own, ''),
  pfx('05-chain-sigalg-without-null.pfx', {
    thumbprint: 'AC621C839AD524D075696FDAB742217003935C16',
    subject: 'CN=leaf.contoso.example',
    notBefore: '2026-11-01T00:00:00Z',
    notAfter: '2028-01-01T00:00:00Z',
  }),
  pfx('06-pss-short-parameters.pfx', shortParameters),
  pfx('07-two-valid-same-key.pfx', {
    thumbprint: '9DE71C28249CB35AD558F0C6C5B9C66AF83076CC',
    subject: 'CN=renewed',
    notBefore: '2026-11-29T00:00:00Z',
    notAfter: '2028-02-01T00:00:00Z',
  }),
  pfx('08-unknown-key-algorithm.pfx', { code: 'import.pfx-key-unknown', says: /key/ }),
  pfx('08-unreadable-extra-certificate.pfx', { code: 'import.pfx-certificate-unreadable', says: /certificate/ }),
  pfx('09-crl-bag.pfx', own),
  pfx('09-nested-safecontents.pfx', own),
  pfx('09-sdsi-bag.pfx', own),
  pfx('10-base64-text.pfx', own),
  pfx('11-key-without-certificate.pfx', { code: 'import.pfx-without-certificate', says: /no certificate/ }),
  pfx('12-iterations-2147483647.pfx', { code: 'import.pfx-iterations', says: /2,147,483,647/ }),
  pfx('17-umlaut-password.pfx', own, 'Käse-Straße'),
];
