import { createHash } from 'node:crypto';
import forge from 'node-forge';

const keys = forge.pki.rsa.generateKeyPair(2048);

export interface CertificateDates {
  readonly notBefore: string;
  readonly notAfter: string;
  /** Another name than the subject's: not self-signed. */
  readonly issuer?: string;
  readonly name?: string;
}

export interface MadeCertificate {
  /** Base64 of the DER. */
  readonly key: string;
  readonly thumbprint: string;
}

const year: CertificateDates = { notBefore: '2026-11-24T09:50:00Z', notAfter: '2027-11-24T09:50:00Z' };

/** A real X.509 certificate over a real RSA key. */
export function certificate({ notBefore, notAfter, issuer, name = 'MailStore Server' }: CertificateDates = year): MadeCertificate {
  const made = forge.pki.createCertificate();
  made.publicKey = keys.publicKey;
  made.serialNumber = `00${createHash('sha256').update(`${name}${notBefore}${notAfter}`).digest('hex').slice(0, 16)}`;
  made.validity.notBefore = new Date(notBefore);
  made.validity.notAfter = new Date(notAfter);
  made.setSubject([{ name: 'commonName', value: name }]);
  made.setIssuer([{ name: 'commonName', value: issuer ?? name }]);
  made.sign(keys.privateKey, forge.md.sha256.create());
  const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(made)).getBytes(), 'binary');
  return { key: der.toString('base64'), thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase() };
}

/** A key credential as a client sends it. */
export function entry(certificateKey: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    keyId: '11111111-1111-4111-8111-111111111111',
    displayName: 'CN=MailStore Server',
    startDateTime: '2026-11-24T09:50:00Z',
    endDateTime: '2027-11-24T09:50:00Z',
    key: certificateKey,
    ...changes,
  };
}
