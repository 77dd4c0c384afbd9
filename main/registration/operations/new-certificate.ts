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

/** Makes key and certificate off the main thread; started early, so that it is ready when the sign-in is. */
export async function makeCertificate(engine: Engine, wish: CertificateWish, run: Run): Promise<NewCertificate> {
  run.onProgress({ kind: 'creating-certificate', keySize: wish.keySize });
  const dates = certificateDates(engine.clock.now(), wish.validMonths);
  const { certificate, privateKey } = await createCertificate({ commonName: wish.commonName, keySize: wish.keySize, ...dates });
  engine.log.info('certificate.created', { thumbprint: certificate.thumbprint, keySize: wish.keySize, notAfter: certificate.notAfter });
  return { stored: storedCertificate(certificate), privateKey };
}
