import { randomUUID } from 'node:crypto';
import type { Certificate } from '../certificates/index.ts';
import type { StoredCertificate } from './record.ts';

/** The stored form of a certificate, with the keyId that its key credential will get. */
export function storedCertificate({
  der,
  thumbprint,
  thumbprintSha256,
  subject,
  keySize,
  notBefore,
  notAfter,
}: Certificate): StoredCertificate {
  return {
    thumbprint,
    thumbprintSha256,
    subject,
    keySize,
    notBefore,
    notAfter,
    der: Buffer.from(der).toString('base64'),
    keyId: randomUUID(),
  };
}
