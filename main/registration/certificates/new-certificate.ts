import type { KeyObject } from 'node:crypto';
import {
  certificateDates,
  certifyKeyPair,
  createKeyPair,
  defaultLifetime,
  type Certificate,
  type CertificateDates,
  type KeySize,
  type Lifetime,
} from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { requireKeySize } from '../../policies/index.ts';
import { storedCertificate, type Origin, type StoredCertificate } from '../../credential/index.ts';
import type { Engine, Run } from '../engine.ts';

/** A certificate for a credential; with its private key where we made it. */
export interface NewCertificate {
  readonly stored: StoredCertificate;
  readonly privateKey: KeyObject | null;
}

/** A certificate of ours that is still to be made: its key is there, and how long it may live is told by the tenant. */
export interface PreparedCertificate {
  readonly asked: CertificateDates;
  /** Makes it, with these dates. */
  readonly dated: (dates: CertificateDates) => Promise<NewCertificate>;
}

export interface CertificateWish {
  readonly commonName: string;
  readonly keySize: KeySize;
  readonly lifetime: Lifetime;
}

/**
 * A certificate with its key, and the chain that came with it, as a credential keeps them.
 *
 * @param origin where its key was made, and who holds it
 */
export function newCertificate(
  {
    certificate,
    chain = [],
    privateKey,
  }: { readonly certificate: Certificate; readonly chain?: readonly Uint8Array[]; readonly privateKey: KeyObject | null },
  origin: Origin,
): NewCertificate {
  return { stored: storedCertificate(certificate, origin, chain), privateKey };
}

async function prepared(
  engine: Engine,
  { commonName, keySize }: Omit<CertificateWish, 'lifetime'>,
  asked: CertificateDates,
  run: Run,
): Promise<PreparedCertificate> {
  requireKeySize(engine.policies, keySize);
  run.onProgress({ kind: 'creating-certificate', keySize });
  const keys = await createKeyPair(keySize);
  const dated = async (dates: CertificateDates): Promise<NewCertificate> => {
    const certificate = await certifyKeyPair({ commonName, ...dates }, keys);
    engine.log.info('certificate.created', { thumbprint: certificate.thumbprint, keySize, notAfter: certificate.notAfter });
    return { stored: storedCertificate(certificate, 'made-here'), privateKey: keys.privateKey };
  };
  return { asked, dated };
}

/**
 * What this computer's policy leaves of a lifetime. One that somebody asked for is refused rather than shortened.
 *
 * @throws Fault('policy.lifetime')
 */
function permitted({ policies, clock }: Engine, asked: CertificateDates, wished: boolean): CertificateDates {
  const { MaximumLifetimeMonths: months } = policies;
  if (months === undefined) return asked;
  const { notAfter: latest } = certificateDates(clock.now(), { months });
  if (asked.notAfter <= latest) return asked;
  if (wished) throw new Fault('policy.lifetime', { params: { months } });
  return { ...asked, notAfter: latest };
}

/**
 * Begin and end of a new certificate, under this computer's policy. The default, which nobody asked for, is shortened.
 *
 * @throws Fault('policy.lifetime')
 */
export function permittedDates(engine: Engine, lifetime: Lifetime): CertificateDates {
  return permitted(engine, certificateDates(engine.clock.now(), lifetime), lifetime !== defaultLifetime);
}

/**
 * Begin and end of the certificate that takes the place of another: as asked, or a life as long as the other's.
 *
 * @throws Fault('policy.lifetime')
 */
export function successorDates(engine: Engine, { notBefore, notAfter }: StoredCertificate, lifetime: Lifetime | null): CertificateDates {
  const dates = certificateDates(engine.clock.now(), lifetime ?? defaultLifetime);
  const asLong = { ...dates, notAfter: new Date(dates.notBefore.getTime() + Date.parse(notAfter) - Date.parse(notBefore)) };
  return permitted(engine, lifetime === null ? asLong : dates, lifetime !== null);
}

/**
 * Prepares the certificate that takes the place of another: a key of the same size, or the smallest that is allowed,
 * and where nobody says otherwise a life as long, which the tenant's policy has allowed before.
 */
export function prepareSuccessor(
  engine: Engine,
  commonName: string,
  before: StoredCertificate,
  lifetime: Lifetime | null,
  run: Run,
): Promise<PreparedCertificate> {
  const asLarge = before.keySize === 2048 || before.keySize === 4096 ? before.keySize : 3072;
  const { MinimumKeySize: smallest = asLarge } = engine.policies;
  const keySize = asLarge < smallest ? smallest : asLarge;
  return prepared(engine, { commonName, keySize }, successorDates(engine, before, lifetime), run);
}

/** A certificate that is on its way; null where none is needed. */
export interface ComingCertificate {
  readonly certificate: Promise<NewCertificate | PreparedCertificate | null>;
}

/**
 * Makes the key off the main thread; started early, so that it is ready when the sign-in is. What this computer's policy
 * forbids is said at once, before anybody signs in.
 *
 * @throws Fault policy.lifetime, policy.key-size
 */
export function prepareCertificate(engine: Engine, { lifetime, ...wish }: CertificateWish, run: Run): ComingCertificate {
  requireKeySize(engine.policies, wish.keySize);
  return { certificate: prepared(engine, wish, permittedDates(engine, lifetime), run) };
}

/** One that is there already, or none. */
export const atHand = (certificate: NewCertificate | null): ComingCertificate => ({ certificate: Promise.resolve(certificate) });
