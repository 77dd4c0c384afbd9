import { randomUUID, type KeyObject } from 'node:crypto';
import { certificateDates, createCertificate, defaultLifetime, type Certificate, type CertificateDates, type Lifetime, type NewCertificateRequest } from '../../certificates/index.ts';
import { requireKeySize } from '../../policies/index.ts';
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
  readonly lifetime: Lifetime;
}

/** The stored form of a certificate, with the keyId that its key credential will get. */
export function storedCertificate({ der, thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter }: Certificate): StoredCertificate {
  return { thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter, der: Buffer.from(der).toString('base64'), keyId: randomUUID() };
}

async function made(engine: Engine, request: NewCertificateRequest, run: Run): Promise<NewCertificate> {
  const { keySize } = request;
  requireKeySize(engine.policies, keySize);
  run.onProgress({ kind: 'creating-certificate', keySize });
  const { certificate, privateKey } = await createCertificate(request);
  engine.log.info('certificate.created', { thumbprint: certificate.thumbprint, keySize, notAfter: certificate.notAfter });
  return { stored: storedCertificate(certificate), privateKey };
}

/** Begin and end of the certificate that takes the place of another: as asked, or a life as long as the other's. */
export function successorDates({ notBefore, notAfter }: StoredCertificate, now: Date, lifetime: Lifetime | null): CertificateDates {
  const dates = certificateDates(now, lifetime ?? defaultLifetime);
  return lifetime === null ? { ...dates, notAfter: new Date(dates.notBefore.getTime() + Date.parse(notAfter) - Date.parse(notBefore)) } : dates;
}

/**
 * Makes the certificate that takes the place of another: a key of the same size, or the smallest that is allowed, and where nobody says otherwise a life as
 * long, which the tenant's policy has allowed before.
 */
export function makeSuccessor(engine: Engine, commonName: string, before: StoredCertificate, lifetime: Lifetime | null, run: Run): Promise<NewCertificate> {
  const asLarge = before.keySize === 2048 || before.keySize === 4096 ? before.keySize : 3072;
  const { MinimumKeySize: smallest = asLarge } = engine.policies;
  const keySize = asLarge < smallest ? smallest : asLarge;
  return made(engine, { commonName, keySize, ...successorDates(before, engine.clock.now(), lifetime) }, run);
}

/** Makes key and certificate off the main thread; started early, so that it is ready when the sign-in is. */
export function makeCertificate(engine: Engine, { commonName, keySize, lifetime }: CertificateWish, run: Run): Promise<NewCertificate> {
  return made(engine, { commonName, keySize, ...certificateDates(engine.clock.now(), lifetime) }, run);
}
