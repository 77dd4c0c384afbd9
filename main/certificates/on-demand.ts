import type { KeyObject } from 'node:crypto';
import type { CertificateRequest, KeyPair, KeySize, NewCertificateRequest } from './create.ts';

/** Forge is large, and most runs make no certificate: it is read when one is made or asked for. */
const forge = {
  create: () => import('./create.ts'),
  request: () => import('./request.ts'),
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

/** Reads it while nobody waits for it. */
export async function warmUpCertificates(): Promise<void> {
  await Promise.all(Object.values(forge).map((read) => read()));
}
