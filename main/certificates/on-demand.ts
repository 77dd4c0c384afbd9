import type { KeyObject } from 'node:crypto';
import type { CertificateRequest, KeyPair, KeySize, NewCertificateRequest } from './create.ts';

/** Forge is large, and most runs make no certificate: it is read when one is made, asked for, or comes signed. */
const forge = {
  create: () => import('./create.ts'),
  request: () => import('./request.ts'),
  signed: () => import('./read-signed.ts'),
};

/** `createCertificate` of `create.ts`. */
export const createCertificate = async (request: NewCertificateRequest) => (await forge.create()).createCertificate(request);

/** `createKeyPair` of `create.ts`. */
export const createKeyPair = async (keySize: KeySize) => (await forge.create()).createKeyPair(keySize);

/** `certifyKeyPair` of `create.ts`. */
export const certifyKeyPair = async (request: CertificateRequest, keys: KeyPair) => (await forge.create()).certifyKeyPair(request, keys);

/** `createRequest` of `request.ts`. */
export const createRequest = async (commonName: string, privateKey: KeyObject) =>
  (await forge.request()).createRequest(commonName, privateKey);

/** `readSignedCertificate` of `read-signed.ts`. */
export const readSignedCertificate = async (path: string, keys: readonly KeyObject[], now: Date) =>
  (await forge.signed()).readSignedCertificate(path, keys, now);

/** Reads it while nobody waits for it. */
export async function warmUpCertificates(): Promise<void> {
  await Promise.all(Object.values(forge).map((read) => read()));
}
