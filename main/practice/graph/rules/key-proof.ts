import { createHash, verify, X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { StoredApplication } from '../../world.ts';
import { Refusal } from '../refusal.ts';

/** Audience of a proof: the app id of Azure AD Graph (Microsoft Graph, "Generate proof-of-possession tokens for rolling keys"). */
export const proofAudience = '00000002-0000-0000-c000-000000000000';

/** Seconds: no longer than ten minutes (same page); clocks are tolerated as everywhere at Entra. */
const longestLifetime = 600;
const skew = 300;

/** Whatever is wrong with a proof, Graph says the same (public reports on addKey). */
const refused = () => new Refusal(401, 'Authentication_MissingOrMalformed', 'Access Token missing or malformed.');

interface Proof {
  readonly header: ProtectedHeaderParameters;
  readonly payload: JWTPayload;
  /** What was signed, and the signature. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** A JSON Web Signature in compact form (RFC 7515 §7.1), base64url without padding. @throws Refusal 401 */
export function decodedProof(proof: string): Proof {
  const [, signed, signature] = /^([\w-]+\.[\w-]+)\.([\w-]+)$/.exec(proof) ?? [];
  if (signed === undefined || signature === undefined) throw refused();
  try {
    return {
      header: decodeProtectedHeader(proof),
      payload: decodeJwt(proof),
      signed: Buffer.from(signed),
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    throw refused();
  }
}

/** @throws Refusal 401 */
export function requireProofAudience({ aud }: JWTPayload): void {
  if (aud !== proofAudience) throw refused();
}

/** The issuer is the object id of the application, not its app id. @throws Refusal 401 */
export function requireProofIssuer({ iss }: JWTPayload, application: StoredApplication): void {
  if (iss !== application.id) throw refused();
}

/** `nbf` and `exp`, at most ten minutes apart, with now between them. @throws Refusal 401 */
export function requireProofTimes({ nbf, exp }: JWTPayload, now: Date): void {
  const seconds = now.getTime() / 1000;
  if (typeof nbf !== 'number' || typeof exp !== 'number' || exp <= nbf || exp - nbf > longestLifetime) throw refused();
  if (nbf > seconds + skew || exp < seconds - skew) throw refused();
}

function certificateOf(key: unknown): X509Certificate | null {
  return typeof key === 'string' ? new X509Certificate(Buffer.from(key, 'base64')) : null;
}

/**
 * The certificate that `x5t` names among the key credentials of the application, valid now: without one, rolling keys is
 * not possible ("Add key", note on applications without a valid certificate). Its absence from the header is refused, which
 * is the stricter reading: every published sample sends it.
 *
 * @throws Refusal 401
 */
export function proofSigner({ x5t }: ProtectedHeaderParameters, application: StoredApplication, now: Date): X509Certificate {
  for (const { key, startDateTime, endDateTime } of application.keyCredentials ?? []) {
    const certificate = certificateOf(key);
    if (certificate === null || createHash('sha1').update(certificate.raw).digest('base64url') !== x5t) continue;
    const times = [startDateTime ?? certificate.validFrom, endDateTime ?? certificate.validTo].map((time) => Date.parse(time));
    const [start = Number.NaN, end = Number.NaN] = times;
    if (start <= now.getTime() && now.getTime() < end) return certificate;
  }
  throw refused();
}

/** RS256, as in the published samples. @throws Refusal 401 */
export function requireProofSignature({ header, signed, signature }: Proof, signer: X509Certificate): void {
  if (header.alg !== 'RS256' || signer.publicKey.asymmetricKeyType !== 'rsa') throw refused();
  if (!verify('sha256', signed, signer.publicKey, signature)) throw refused();
}

/**
 * Proof of possession of an existing key of the application: a self-signed JWT ("Add key", "Remove key", property `proof`).
 *
 * @throws Refusal 401
 */
export function requireKeyProof(text: string, application: StoredApplication, now: Date): void {
  const proof = decodedProof(text);
  requireProofAudience(proof.payload);
  requireProofIssuer(proof.payload, application);
  requireProofTimes(proof.payload, now);
  requireProofSignature(proof, proofSigner(proof.header, application, now));
}
