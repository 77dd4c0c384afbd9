import { createPublicKey, X509Certificate } from 'node:crypto';
import { holdingsOf } from '../../main/certificates/holdings.ts';
import { readCertificate, readPfxFile, type Certificate } from '../../main/certificates/index.ts';
import { asFault } from '../../main/faults.ts';
import { certificateFacts, openedPfx, openssl, type Facts } from './openssl.ts';

/** What was found out of one file. */
export interface Compared {
  readonly outcome: 'same' | 'refused by both' | 'difference' | 'read here only' | 'refused here only';
  readonly detail: string;
}

/** Certificates are read whatever their dates say; only what a PFX holds is validated, so the clock is set into its time. */
function modulusOf({ der }: Pick<Certificate, 'der'>): string | null {
  try {
    const { n } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
    return n === undefined ? null : Buffer.from(n, 'base64url').toString('hex').toUpperCase();
  } catch {
    return null;
  }
}

function differences(ours: Certificate, theirs: Facts): string[] {
  const modulus = modulusOf(ours);
  return [
    ours.thumbprint === theirs.thumbprint ? '' : `thumbprint ${ours.thumbprint}, openssl ${theirs.thumbprint}`,
    // Where there is no subject, ours shows another name.
    theirs.subject === '' || ours.subject === theirs.subject ? '' : `subject ${ours.subject}, openssl ${theirs.subject}`,
    ours.notBefore === theirs.notBefore ? '' : `begin ${ours.notBefore}, openssl ${theirs.notBefore}`,
    ours.notAfter === theirs.notAfter ? '' : `end ${ours.notAfter}, openssl ${theirs.notAfter}`,
    theirs.modulus === null || modulus?.replace(/^00/, '') === theirs.modulus ? '' : 'another public key',
  ].filter((each) => each !== '');
}

const dated = ({ notBefore, notAfter }: Facts): boolean => [notBefore, notAfter].every((date) => /^\d{4,}-\d\d-\d\dT/.test(date));

/** Every certificate of a file, read one by one; a file that holds none is compared as a whole. */
export function compareCertificates(bytes: Uint8Array): Compared {
  const { certificates } = holdingsOf(bytes);
  const found: string[] = [];
  let [same, refused] = [0, 0];
  for (const der of certificates) {
    const theirs = certificateFacts(der, 'DER');
    try {
      const ours = readCertificate(der);
      if (theirs === null) found.push(`${ours.thumbprint} is read here only`);
      else found.push(...differences(ours, theirs));
      same += 1;
    } catch (error) {
      const { code } = asFault(error);
      // openssl prints such a certificate, but no date of it.
      const dateless = theirs !== null && code === 'certificate.dates-invalid' && !dated(theirs);
      if (theirs === null || dateless) refused += 1;
      else found.push(`${theirs.thumbprint} is refused: ${code}`);
    }
  }
  if (found.length > 0) return { outcome: 'difference', detail: found.join('; ') };
  if (same > 0) return { outcome: 'same', detail: String(same) };
  const theirs = certificateFacts(bytes, bytes[0] === 0x30 ? 'DER' : 'PEM');
  if (theirs !== null && refused === 0) return { outcome: 'refused here only', detail: theirs.thumbprint };
  return { outcome: 'refused by both', detail: '' };
}

const block = (kind: string) => new RegExp(`-----BEGIN ${kind}-----[^]*?-----END ${kind}-----`, 'g');

/** A PFX with the first password that opens it here or there. */
export async function comparePfx(path: string, passwords: readonly string[], now: Date): Promise<Compared> {
  let refused = '';
  for (const password of passwords) {
    const theirs = openedPfx(path, password);
    const thumbprints = (theirs?.match(block('CERTIFICATE')) ?? []).flatMap(
      (pem) => certificateFacts(Buffer.from(pem), 'PEM')?.thumbprint ?? [],
    );
    try {
      const { certificate, privateKey } = await readPfxFile(path, password, now);
      const publicKey = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString();
      const keys = (theirs?.match(block('(?:[A-Z]+ )?PRIVATE KEY')) ?? []).map((pem) => openssl(['pkey', '-pubout'], Buffer.from(pem)));
      if (theirs === null) return { outcome: 'read here only', detail: certificate.thumbprint };
      if (!thumbprints.includes(certificate.thumbprint))
        return { outcome: 'difference', detail: `${certificate.thumbprint}, openssl ${thumbprints.join(', ')}` };
      if (!keys.includes(publicKey)) return { outcome: 'difference', detail: 'another private key' };
      return { outcome: 'same', detail: certificate.thumbprint };
    } catch (error) {
      const { code } = asFault(error);
      if (theirs !== null && theirs.includes('PRIVATE KEY')) return { outcome: 'refused here only', detail: code };
      refused ||= code;
    }
  }
  return { outcome: 'refused by both', detail: refused };
}
