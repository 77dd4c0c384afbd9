import { createHash, X509Certificate } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { StoredApplication } from '../world.ts';
import { keyInTokens } from '../graph/replication.ts';
import { assertionRefusals, type FoundKey } from './assertion-refusals.ts';
import { isKnown, type Realm } from './realm.ts';

/** RFC 7521 §4.2, RFC 7523 §2.2. */
export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const skew = 300; // Entra tolerates five minutes

export interface AssertionCheck {
  readonly assertion: string;
  readonly application: StoredApplication;
  /** What `aud` may be: the token endpoint as addressed, by name and by id, or the issuer. */
  readonly audiences: readonly string[];
}

/**
 * Checks a client assertion against the key credentials of the application (Microsoft identity platform, "Certificate
 * credentials", "Assertion format"). Either thumbprint header finds the certificate, its key must have signed, and times,
 * audience and subject must be right. The page asks for a `jti` of its own, and says nowhere that one is taken only once:
 * MSAL for .NET, Node and Python send an assertion again while it is valid.
 *
 * @returns the keyId of the key credential that it was signed for
 */
export async function checkClientAssertion({ assertion, application, audiences }: AssertionCheck, realm: Realm): Promise<string> {
  const { header, payload } = decoded(assertion);
  if (payload.iss !== application.appId || payload.sub !== application.appId) throw assertionRefusals.otherApplication();
  const stated = Array.isArray(payload.aud) ? payload.aud : [payload.aud ?? ''];
  if (!stated.every((audience) => audiences.includes(audience))) throw assertionRefusals.otherAudience();
  checkTimes(payload, realm.world.now());
  const key = findKey(header, application, realm);
  await checkSignature(assertion, key, application);
  if (key.start > realm.world.now() || key.end < realm.world.now()) throw assertionRefusals.keyExpired(key, application);
  return key.keyId;
}

function decoded(assertion: string): { header: ProtectedHeaderParameters; payload: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertion), payload: decodeJwt(assertion) };
  } catch {
    throw assertionRefusals.malformed();
  }
}

/** NumericDate (RFC 7519 §2) that a date can be made of. */
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 8e12;

/**
 * `exp` is not over, and `nbf` is not yet to come. How far away `exp` may be is not restricted ("Certificate credentials",
 * claim `exp`), and `nbf` may be missing (RFC 7523 §3, item 5; MSAL for Python sends none).
 */
function checkTimes({ nbf, exp }: JWTPayload, now: Date): void {
  const seconds = now.getTime() / 1000;
  if (!isTime(exp) || (nbf !== undefined && !isTime(nbf))) throw assertionRefusals.malformed();
  if ((nbf !== undefined && nbf > seconds + skew) || exp < seconds - skew) throw assertionRefusals.outsideTimes(nbf ?? 0, exp, now);
}

const hex = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex').toUpperCase();

interface CertificateKey extends FoundKey {
  readonly keyId: string;
  readonly certificate: X509Certificate;
}

/** `key` is Edm.Binary, base64 in JSON; Graph's own type declarations call it a number. */
function certificateOf(key: unknown): X509Certificate | null {
  if (typeof key !== 'string') return null;
  try {
    return new X509Certificate(Buffer.from(key, 'base64'));
  } catch {
    return null;
  }
}

function findKey({ x5t, ...header }: ProtectedHeaderParameters, application: StoredApplication, { world }: Realm): CertificateKey {
  const sha256 = header['x5t#S256'];
  const named =
    typeof sha256 === 'string'
      ? { algorithm: 'sha256', wanted: hex(sha256) }
      : { algorithm: 'sha1', wanted: typeof x5t === 'string' ? hex(x5t) : '' };
  if (named.wanted === '') throw assertionRefusals.thumbprintMissing();
  const credentials = (application.keyCredentials ?? []).filter(({ type, usage }) => type === 'AsymmetricX509Cert' && usage === 'Verify');
  if (credentials.length === 0) throw assertionRefusals.noKeys();
  for (const { key, keyId, startDateTime, endDateTime } of credentials) {
    const certificate = certificateOf(key);
    if (certificate === null || !isKnown(world.state.inTokensAt, keyInTokens(keyId ?? ''), world)) continue;
    if (createHash(named.algorithm).update(certificate.raw).digest('hex').toUpperCase() !== named.wanted) continue;
    const start = new Date(Math.max(Date.parse(startDateTime ?? certificate.validFrom), Date.parse(certificate.validFrom)));
    const end = new Date(Math.min(Date.parse(endDateTime ?? certificate.validTo), Date.parse(certificate.validTo)));
    return { keyId: keyId ?? '', certificate, thumbprint: named.wanted, start, end };
  }
  throw assertionRefusals.keyNotFound(named.wanted, application);
}

async function checkSignature(assertion: string, key: CertificateKey, application: StoredApplication): Promise<void> {
  try {
    await compactVerify(assertion, key.certificate.publicKey, { algorithms: ['PS256', 'RS256'] });
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) throw assertionRefusals.signatureInvalid(key, application);
    throw assertionRefusals.unsupportedKey();
  }
}
