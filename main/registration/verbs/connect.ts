import { randomUUID } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';
import type { CloudId } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import type { ProfileReference } from '../../profiles/index.ts';
import { storedCertificate, type CredentialRecord, type Custody } from '../../credential/index.ts';
import { profileById } from '../../profiles/index.ts';
import { refuseEwsAfterItsEnd } from '../notices.ts';
import type { Engine, Run } from '../engine.ts';
import {
  prepareCertificate,
  type CertificateWish,
  type NewCertificate,
  type PreparedCertificate,
} from '../certificates/new-certificate.ts';
import { register } from '../run/register.ts';
import type { Report } from '../run/report.ts';

export interface ConnectRequest {
  readonly name: string;
  readonly appName: string;
  readonly cloud: CloudId;
  readonly redirectUri: string | null;
  /** Null keeps the stored credential's; `defaultProfile` for a new one. */
  readonly profile: ProfileReference | null;
  /** Null keeps the stored credential's; `keyring` for a new one. */
  readonly custody: Custody | null;
  /** The server's certificate (custody external). */
  readonly certificate: Certificate | null;
  /** A certificate of ours that was made beforehand (custody keyring); left out, one is made where it is needed. */
  readonly made?: NewCertificate;
  readonly keySize: CertificateWish['keySize'];
  readonly lifetime: CertificateWish['lifetime'];
  /** Adopt this application instead of creating one. */
  readonly clientId: string | null;
  readonly planOnly: boolean;
}

/** True when the stored credential is the one this request describes, so that the command continues it. */
function isSame(stored: CredentialRecord, request: ConnectRequest, tenant: string | undefined): boolean {
  const known = [stored.tenantId, stored.tenantDomain].map((name) => name.toLowerCase());
  const guid = tenant !== undefined && /^[0-9a-f-]{36}$/i.test(tenant);
  // Another domain of the same tenant can only be told after the sign-in.
  const tenantFits = tenant === undefined || !guid || known.includes(tenant.toLowerCase());
  const applicationFits = request.clientId === null || request.clientId.toLowerCase() === stored.clientId?.toLowerCase();
  return stored.cloud === request.cloud && stored.redirectUri === request.redirectUri && tenantFits && applicationFits;
}

/** What the guide asks for. */
const defaultProfile = 'mailstore-guide';

const reference = ({ id, version, permissions }: ProfileReference): ProfileReference => ({ id, version, permissions });

/** A stored credential under the options of this run; another custody begins with a certificate of its own. */
function continued(stored: CredentialRecord, request: ConnectRequest): CredentialRecord {
  const profile = request.profile === null ? stored.profile : reference(request.profile);
  const custody = request.custody ?? stored.custody;
  if (custody === stored.custody) return { ...stored, profile };
  const earlierCertificates =
    stored.certificate === null ? stored.earlierCertificates : [...stored.earlierCertificates, stored.certificate];
  return { ...stored, profile, custody, certificate: null, earlierCertificates };
}

function newRecord(engine: Engine, request: ConnectRequest): CredentialRecord {
  const id = randomUUID();
  const now = engine.clock.now().toISOString();
  const adopted = request.clientId !== null;
  const custody = request.custody ?? 'keyring';
  return {
    id,
    name: request.name,
    cloud: request.cloud,
    tenantId: '',
    tenantName: '',
    tenantDomain: '',
    appName: request.appName,
    uniqueName: adopted ? null : `tenant-keyring-${id}`,
    adopted,
    clientId: request.clientId,
    objectId: null,
    servicePrincipalId: null,
    redirectUri: request.redirectUri,
    profile: reference(request.profile ?? profileById(engine.policies.DefaultProfile ?? defaultProfile)),
    custody,
    certificate: null,
    earlierCertificates: [],
    state: custody === 'external' ? 'waiting-certificate' : 'never-checked',
    proof: null,
    handover: null,
    usedHereOnly: false,
    rotation: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}

/** The certificate this run has to bring; null when the stored one is good to use. */
async function certificateFor(
  engine: Engine,
  record: CredentialRecord,
  request: ConnectRequest,
  run: Run,
): Promise<NewCertificate | PreparedCertificate | null> {
  const { certificate } = request;
  if (record.custody === 'external') {
    const same = certificate !== null && certificate.thumbprintSha256 === record.certificate?.thumbprintSha256;
    return certificate === null || same ? null : { stored: storedCertificate(certificate), privateKey: null };
  }
  const { made } = request;
  if (made !== undefined) return made.stored.thumbprintSha256 === record.certificate?.thumbprintSha256 ? null : made;
  if (
    record.certificate !== null &&
    (await engine.secrets.load({ credentialId: record.id, thumbprint: record.certificate.thumbprint })) !== null
  )
    return null;
  return prepareCertificate(engine, { commonName: request.appName, keySize: request.keySize, lifetime: request.lifetime }, run);
}

/**
 * Connects a tenant as the guide does it, G1 to G20, and proves it. Idempotent: with the name of a stored credential of
 * the same tenant, redirect URI and application it continues or verifies that one, with its key.
 *
 * @throws Fault
 */
export async function connect(engine: Engine, request: ConnectRequest, run: Run): Promise<Report> {
  const existing = engine.store.withName(request.name) ?? undefined;
  if (existing !== undefined && !isSame(existing, request, run.tenant)) {
    throw new Fault('input.name.taken', { params: { name: existing.name, tenant: existing.tenantName } });
  }
  const record = existing === undefined ? newRecord(engine, request) : continued(existing, request);
  if (existing === undefined) refuseEwsAfterItsEnd(record.profile, engine.clock.now());
  if (record.custody === 'keyring') await engine.secrets.probe();
  const certificate = certificateFor(engine, record, request, run);
  // The PFX of a key that was made in the dialog may have been exported there.
  const settled = request.made === undefined ? record : { ...record, usedHereOnly: false };
  return register(engine, { record: settled, stored: existing !== undefined, certificate, planOnly: request.planOnly }, run);
}
