import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

/** The key that practice tokens are signed with; a new one per server, so no token outlives it. */
export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly kid: string;
  /** JSON Web Key for the discovery endpoint (RFC 7517). */
  readonly jwk: JWK;
}

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 27);
  return { privateKey, publicKey, kid, jwk: { ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256' } };
}
