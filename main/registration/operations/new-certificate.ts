import { randomUUID, type KeyObject } from 'node:crypto';
import { certificateDates, createCertificate, type Certificate } from '../../certificates/index.ts';
import type { StoredCertificate } from '../../vault/credential.ts';
import type { Engine, Run } from './engine.ts';

/** A certificate for a credential; with its private key where we made it. */
export interface NewCertificate {
  readonly stored: StoredCertificate;
  readonly privateKey: KeyObject | null;
}

export interface CertificateWish {
  readonly commonName: string;
  readonly keySize: 2048 | 3072 | 4096;
  readonly validMonths: number;
}

/** The stored form of a certificate, with the keyId that its key credential will get. */
export function storedCertificate({ der, thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter }: Certificate): StoredCertificate {
  return { thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter, der: Buffer.from(der).toString('base64'), keyId: randomUUID() };
}

/**
 * Makes the certificate that takes the place of another: a key of the same size, and a life as long, which the tenant's
 * policy has allowed before.
 */
export async function makeSuccessor(engine: Engine, commonName: string, { keySize, notBefore, notAfter }: StoredCertificate, run: Run): Promise<NewCertificate> {
  const size = keySize === 2048 || keySize === 4096 ? keySize : 3072;
  run.onProgress({ kind: 'creating-certificate', keySize: size });
  const begin = certificateDates(engine.clock.now(), 1).notBefore;
  const end = new Date(begin.getTime() + Date.parse(notAfter) - Date.parse(notBefore));
  const { certificate, privateKey } = await createCertificate({ commonName, keySize: size, notBefore: begin, notAfter: end });
  engine.log.info('certificate.created', { thumbprint: certificate.thumbprint, keySize: size, notAfter: certificate.notAfter });
  return { stored: storedCertificate(certificate), privateKey };
}

/** Makes key and certificate off the main thread; started early, so that it is ready when the sign-in is. */
export async function makeCertificate(engine: Engine, wish: CertificateWish, run: Run): Promise<NewCertificate> {
  run.onProgress({ kind: 'creating-certificate', keySize: wish.keySize });
  const dates = certificateDates(engine.clock.now(), wish.validMonths);
  const { certificate, privateKey } = await createCertificate({ commonName: wish.commonName, keySize: wish.keySize, ...dates });
  engine.log.info('certificate.created', { thumbprint: certificate.thumbprint, keySize: wish.keySize, notAfter: certificate.notAfter });
  return { stored: storedCertificate(certificate), privateKey };
}
