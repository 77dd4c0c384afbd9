import type { KeyObject } from 'node:crypto';

/** Audience of every proof: the app id of Azure AD Graph ("Generate proof-of-possession tokens for rolling keys"). */
const audience = '00000002-0000-0000-c000-000000000000';

/** Seconds; Microsoft takes no more. */
const lifetime = 600;

export interface KeyProofRequest {
  /** Object id of the application, not its client id. */
  readonly objectId: string;
  /** SHA-1 of a certificate that is published and valid, upper-case hex. */
  readonly thumbprint: string;
  readonly privateKey: KeyObject;
  readonly now: Date;
}

/**
 * Proof that the caller has the private key of a published certificate, for rolling keys without an administrator: a
 * self-signed JWT (RFC 7519), RS256 with `x5t`, as the published samples make it.
 */
export async function keyProof({ objectId, thumbprint, privateKey, now }: KeyProofRequest): Promise<string> {
  const { SignJWT } = await import('jose'); // few runs sign a proof
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: thumbprint, x5t: Buffer.from(thumbprint, 'hex').toString('base64url') })
    .setAudience(audience)
    .setIssuer(objectId)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + lifetime)
    .sign(privateKey);
}
