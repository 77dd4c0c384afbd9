import { X509Certificate } from 'node:crypto';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import { Fault } from '../../faults.ts';
import type { Engine } from '../engine.ts';
import { loadProfiles } from '../../servers/index.ts';
import type { SecretName } from '../../vault/index.ts';
import type { Desired, DesiredCertificate, HandedOverPermission } from '../desired.ts';
import { retirableFrom } from '../certificates/retirable.ts';
import { isOpen } from '../certificates/timeline.ts';

/** A keyId for a certificate that was stored without one: the same each time, and no other certificate's. */
const keyIdOf = (thumbprintSha256: string): string =>
  thumbprintSha256.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function desiredCertificate(stored: StoredCertificate): DesiredCertificate {
  const der = Buffer.from(stored.der, 'base64');
  const x509 = new X509Certificate(der);
  const { thumbprint, thumbprintSha256, subject, notBefore, notAfter } = stored;
  return {
    keyId: stored.keyId ?? keyIdOf(thumbprintSha256),
    der,
    thumbprint,
    thumbprintSha256,
    subject,
    notBefore,
    notAfter,
    selfSigned: x509.issuer === x509.subject,
  };
}

/**
 * Every key in the keychain, of all credentials. None where the keychain cannot be read now: then nothing is known to be ours
 * but what the record says, and what is foreign goes only when it is ticked.
 *
 * @throws what is no fault of the keychain
 */
export async function keptKeys({ secrets, log }: Pick<Engine, 'secrets' | 'log'>): Promise<readonly SecretName[]> {
  try {
    return await secrets.list();
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'keychain') throw error;
    log.warn('keychain.not-listed', { fault: error.code });
    return [];
  }
}

/** The certificate that an open rotation replaces. */
function predecessorOf(record: CredentialRecord): string | null {
  const { rotation, certificate, earlierCertificates } = record;
  if (rotation === null || !isOpen(record) || rotation.to !== certificate?.thumbprint) return null;
  return earlierCertificates.find(({ thumbprint }) => thumbprint === rotation.from)?.thumbprintSha256 ?? null;
}

/** What is known beside the record. */
export interface DesiredFacts {
  /** Every key in the keychain. */
  readonly kept?: readonly SecretName[];
  /** Earlier certificates that may go. */
  readonly retired?: readonly StoredCertificate[];
  /** Asked for its certificate, where a policy allowed an earlier end only. */
  readonly askedEnd?: string | null;
  /** Permissions of the profile before that are to go now. */
  readonly outgoing?: Desired['outgoing'];
}

/**
 * What a server may need: every certificate tells with which profile it was handed over. Of a profile that does not come with the
 * product only the current one is known.
 */
function handedOverPermissions({ profile, certificate, earlierCertificates }: CredentialRecord): HandedOverPermission[] {
  const given = new Set([certificate, ...earlierCertificates].flatMap((each) => each?.handover?.profile.id ?? []));
  const known = [...loadProfiles(), profile].filter(({ id }) => given.has(id));
  return known.flatMap(({ id, permissions }) =>
    permissions.filter(({ type }) => type === 'Role').map(({ resourceAppId, value }) => ({ profile: id, resourceAppId, value })),
  );
}

/**
 * What the registration of a stored credential is to look like.
 *
 * @param accepted ids of findings that are ticked
 */
export function desiredRegistration(
  record: CredentialRecord,
  accepted: readonly string[],
  { kept = [], retired = [], askedEnd = null, outgoing = [] }: DesiredFacts = {},
): Desired {
  const mayGoFrom = (certificate: StoredCertificate) => {
    const from = retirableFrom(record, certificate);
    return from === null ? null : new Date(from).toISOString();
  };
  return {
    appName: record.appName,
    uniqueName: record.uniqueName,
    clientId: record.clientId,
    redirectUri: record.redirectUri,
    permissions: record.profile.permissions,
    certificate: record.certificate === null ? null : desiredCertificate(record.certificate),
    askedEnd,
    earlierThumbprints: record.earlierCertificates.map((certificate) => certificate.thumbprintSha256),
    retiredThumbprints: retired.map((certificate) => certificate.thumbprintSha256),
    predecessorThumbprint: predecessorOf(record),
    earlierMayGoFrom: Object.fromEntries(record.earlierCertificates.map((each) => [each.thumbprintSha256, mayGoFrom(each)])),
    heldThumbprints: {
      own: kept.filter(({ credentialId }) => credentialId === record.id).map(({ thumbprint }) => thumbprint),
      others: kept.filter(({ credentialId }) => credentialId !== record.id).map(({ thumbprint }) => thumbprint),
    },
    handedOver: handedOverPermissions(record),
    ...(outgoing.length === 0 ? {} : { outgoing }),
    accepted,
  };
}
