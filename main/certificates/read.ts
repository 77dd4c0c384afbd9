import { faultOf, Refusal } from './door.ts';
import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { isoSeconds } from './dates.ts';
import { onlyCertificate } from './only-certificate.ts';
import { requireKept, validityOf, type FoundCertificate } from './x509.ts';

const hex = (algorithm: 'sha1' | 'sha256', der: Uint8Array) => createHash(algorithm).update(der).digest('hex').toUpperCase();

/** Node prints a distinguished name one attribute a line, most general first; an empty one it does not print at all. */
const oneLine = (name: string | undefined) => (name ?? '').split('\n').toReversed().join(', ');

/** The first name in `DNS:mail.contoso.com, email:…`; some are in quotation marks (Node, "X509Certificate.subjectAltName"). */
function firstAlternativeName(names: string | undefined): string {
  const [, quoted, plain = ''] = /(?:^|, )(?:DNS|email|URI|IP Address|DirName):(?:"((?:[^"\\]|\\.)*)"|([^,]*))/.exec(names ?? '') ?? [];
  return (quoted ?? plain).trim();
}

/** Some kinds of key OpenSSL does not know and refuses to read. */
export function publicKeyOf(x509: X509Certificate): KeyObject | null {
  try {
    return x509.publicKey;
  } catch {
    return null;
  }
}

function isSignedBy(x509: X509Certificate, key: KeyObject | null): boolean {
  try {
    return key !== null && x509.verify(key);
  } catch {
    return false;
  }
}

/** SHA-1 and SHA-256 of the bytes as they stand in the file, upper-case hex. */
export const thumbprintsOf = ({ der }: Pick<FoundCertificate, 'der'>) => ({
  thumbprint: hex('sha1', der),
  thumbprintSha256: hex('sha256', der),
});

/** How a certificate is called: authorities leave the subject empty where the names stand in the subjectAltName alone (RFC 5280, section 4.1.2.6). */
export const subjectOf = ({ der, x509 }: FoundCertificate): string =>
  oneLine(x509.subject) || firstAlternativeName(x509.subjectAltName) || hex('sha1', der);

/**
 * The facts of one certificate.
 *
 * @throws Fault certificate.not-der, certificate.dates-invalid
 */
export function certificateFacts(found: FoundCertificate): Certificate {
  requireKept(found);
  const { der, x509 } = found;
  const validity = validityOf(der);
  if (validity === null) throw new Refusal('certificate.dates-invalid');
  const publicKey = publicKeyOf(x509);
  return {
    der,
    ...thumbprintsOf(found),
    subject: subjectOf(found),
    issuer: oneLine(x509.issuer),
    selfSigned: x509.issuer === x509.subject && isSignedBy(x509, publicKey),
    keySize: publicKey?.asymmetricKeyDetails?.modulusLength ?? 0,
    notBefore: isoSeconds(new Date(validity.notBefore)),
    notAfter: isoSeconds(new Date(validity.notAfter)),
  };
}

/**
 * Reads one certificate: DER, PEM, base64 without its armour, or a PKCS#7 with nothing else in it. Key and dates are not
 * validated; files of unknown origin go through `readCertificateFile`.
 *
 * @throws Fault certificate.file-empty, certificate.pfx, certificate.private-key-inside, certificate.chain,
 *   certificate.cut-off, certificate.other-kind, certificate.not-a-certificate, certificate.not-der, certificate.dates-invalid
 */
export function readCertificate(bytes: Uint8Array): Certificate {
  try {
    return certificateFacts(onlyCertificate(bytes));
  } catch (error) {
    throw faultOf(error);
  }
}

/** True when the private key belongs to the certificate's public key. */
export function checkKeyMatches(certificate: Certificate, privateKey: KeyObject): boolean {
  return new X509Certificate(certificate.der).checkPrivateKey(privateKey);
}
