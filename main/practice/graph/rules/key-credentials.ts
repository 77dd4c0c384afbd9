import { X509Certificate } from 'node:crypto';
import type { StoredApplication } from '../../world.ts';
import { isProperties, type Properties } from '../call.ts';
import { badRequest, invalidValue, notSimulated, Refusal } from '../refusal.ts';

export type KeyCredential = NonNullable<StoredApplication['keyCredentials']>[number];

const invalidEnd = () => new Refusal(400, 'KeyCredentialsInvalidEndDate', 'Key credential end date is invalid.');
const invalidStart = () => new Refusal(400, 'KeyCredentialsInvalidStartDate', 'Key credential start date is invalid.');

/** What the new entries of a list are validated by besides the list itself. */
export interface KeyCredentialContext {
  readonly now: Date;
  newId(): string;
  /** App-management policies, once per new entry. */
  requirePolicy(entry: { startDateTime: string; endDateTime: string }, certificate: X509Certificate): void;
}

/**
 * The list that replaces the stored one: entries left out are gone, entries sent back unchanged keep their key, the others
 * are new (Microsoft Graph, "Update application"; "Add a certificate to an app using Microsoft Graph": PATCH carries the
 * existing certificates as well, or they are lost).
 *
 * @throws Refusal 400
 */
export function nextKeyCredentials(
  stored: readonly KeyCredential[],
  sent: readonly unknown[],
  context: KeyCredentialContext,
): KeyCredential[] {
  const seen = new Set<string>();
  return sent.map((item) => {
    const entry = isProperties(item) ? item : {};
    const before = stored.find(({ keyId }) => typeof entry['keyId'] === 'string' && keyId?.toLowerCase() === entry['keyId'].toLowerCase());
    if (!before) requireUsageAndType(entry, ['Verify', 'Encrypt']);
    const next = before ? unchanged(before, entry, context.now) : newKeyCredential(entry, context);
    const keyId = (next.keyId ?? '').toLowerCase();
    if (seen.has(keyId))
      throw badRequest(`Duplicate KeyId '${next.keyId}' in keyCredentials.`, { code: 'InvalidValue', target: 'keyCredentials' });
    seen.add(keyId);
    return next;
  });
}

const unacceptable = (name: 'usage' | 'type', acceptable: readonly string[]) =>
  badRequest(
    `The value for the property "${name}" in one of your credentials is invalid. Acceptable values are ${acceptable.join(', ')}.`,
    { code: 'InvalidValue', target: 'keyCredentials' },
  );

/** "keyCredential resource type", type: Graph has them, the practice tenant cannot make them. */
const otherTypes: readonly unknown[] = ['Symmetric', 'X509CertAndPassword', 'AsymmetricX509CertAndPassword'];

/**
 * A new certificate has the type `AsymmetricX509Cert`, and the usage `Verify`, or `Encrypt` for token encryption
 * (Microsoft Entra, "Configure Microsoft Entra SAML token encryption", by PATCH of the application).
 *
 * @throws Refusal 400, 501 for keys that are not certificates
 */
export function requireUsageAndType({ usage, type }: Properties, usages: readonly string[] = ['Verify']): void {
  if (otherTypes.includes(type)) throw notSimulated(`new key credentials of type ${String(type)}`);
  if (typeof usage !== 'string' || !usages.includes(usage)) throw unacceptable('usage', usages);
  if (type !== 'AsymmetricX509Cert') throw unacceptable('type', ['AsymmetricX509Cert']);
}

const sameBytes = (a: string, b: string) => Buffer.from(a, 'base64').equals(Buffer.from(b, 'base64'));
const comparable = ['displayName', 'startDateTime', 'endDateTime'] as const;
const required = ['usage', 'type'] as const;

/**
 * An existing entry, whatever its usage and type, can be kept or left out, not altered (`KeyNotUpdatable`); sent without
 * usage or type it is refused (public reports, Azure CLI and Terraform provider). One that has expired makes the whole list
 * invalid: seen with real tenants, not documented, and the stricter reading is simulated.
 */
function unchanged(before: KeyCredential, entry: Properties, now: Date): KeyCredential {
  const { key, customKeyIdentifier } = entry;
  for (const name of required) if (typeof entry[name] !== 'string') throw unacceptable(name, [before[name] ?? '']);
  const altered =
    required.some((name) => entry[name] !== before[name]) ||
    comparable.some((name) => name in entry && !sameText(entry[name], before[name], name !== 'displayName')) ||
    (typeof customKeyIdentifier === 'string' && customKeyIdentifier !== before.customKeyIdentifier) ||
    (typeof key === 'string' && !sameBytes(key, before.key ?? ''));
  if (altered)
    throw badRequest(`Update to existing credential with KeyId '${before.keyId}' is not allowed.`, {
      code: 'KeyNotUpdatable',
      target: 'keyCredentials',
    });
  if (Date.parse(before.endDateTime ?? '') <= now.getTime()) throw invalidEnd();
  return before;
}

function sameText(sent: unknown, stored: string | null | undefined, instant: boolean): boolean {
  if (instant && typeof sent === 'string' && typeof stored === 'string') return Date.parse(sent) === Date.parse(stored);
  return (sent ?? null) === (stored ?? null);
}

/**
 * "keyCredential resource type": the thumbprint is the default identifier, a display name is shortened to 90 characters.
 *
 * @throws Refusal 400
 */
export function newKeyCredential(entry: Properties, context: KeyCredentialContext): KeyCredential {
  const certificate = certificateOf(entry['key']);
  const { startDateTime, endDateTime } = validity(entry, certificate, context.now);
  context.requirePolicy({ startDateTime, endDateTime }, certificate);
  const { keyId, displayName, customKeyIdentifier } = entry;
  return {
    customKeyIdentifier:
      typeof customKeyIdentifier === 'string' ? identifierOf(customKeyIdentifier) : certificate.fingerprint.replaceAll(':', ''),
    displayName: typeof displayName === 'string' ? displayName.slice(0, 90) : null,
    endDateTime,
    key: certificate.raw.toString('base64'),
    keyId: typeof keyId === 'string' ? keyId : context.newId(),
    startDateTime,
    type: 'AsymmetricX509Cert',
    usage: entry['usage'] === 'Encrypt' ? 'Encrypt' : 'Verify',
  };
}

/** "keyCredential resource type", customKeyIdentifier: at most 32 bytes, hex or base64. */
function identifierOf(identifier: string): string {
  if (!/^[0-9A-Fa-f]{40}$/.test(identifier) && Buffer.from(identifier, 'base64').length > 32)
    throw invalidValue('customKeyIdentifier', 'KeyCredential');
  return identifier;
}

const invalidKey = () => invalidValue('key', 'KeyCredential');

/**
 * "keyCredential resource type", key: base64 of the certificate's raw data, nothing before or behind it. Line breaks inside
 * are taken (RFC 2045 §6.8: they are no part of the data): Azure CLI sends the lines of a PEM file.
 *
 * @throws Refusal 400
 */
function certificateOf(sent: unknown): X509Certificate {
  const key = typeof sent === 'string' ? sent.replace(/\r?\n/g, '') : '';
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(key)) throw invalidKey();
  const raw = Buffer.from(key, 'base64');
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(raw);
  } catch {
    throw invalidKey();
  }
  if (!certificate.raw.equals(raw)) throw invalidKey();
  return certificate;
}

const utcPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const isUtc = (value: unknown): value is string => typeof value === 'string' && utcPattern.test(value) && !Number.isNaN(Date.parse(value));
const utc = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

/**
 * "keyCredential resource type", startDateTime and endDateTime: ISO 8601, always UTC; inside the certificate's validity, and
 * not over. Without dates the certificate's own are taken.
 *
 * @throws Refusal 400 `KeyCredentialsInvalidStartDate`, `KeyCredentialsInvalidEndDate`
 */
function validity(entry: Properties, certificate: X509Certificate, now: Date): { startDateTime: string; endDateTime: string } {
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  const startDateTime = entry['startDateTime'] ?? utc(from);
  const endDateTime = entry['endDateTime'] ?? utc(to);
  if (!isUtc(startDateTime) || Date.parse(startDateTime) < from.getTime()) throw invalidStart();
  if (!isUtc(endDateTime) || Date.parse(endDateTime) > to.getTime()) throw invalidEnd();
  if (Date.parse(endDateTime) <= now.getTime() || Date.parse(endDateTime) <= Date.parse(startDateTime)) throw invalidEnd();
  return { startDateTime, endDateTime };
}
