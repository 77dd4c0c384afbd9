import type { CloudId } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import type { Engine, Run } from '../engine.ts';
import { wished } from '../run/keep.ts';
import { underLease } from '../run/under-lease.ts';
import type { NewCertificate } from '../certificates/new-certificate.ts';
import { withSuccessor } from '../certificates/timeline.ts';
import { loadProfiles, profileReference, type ProfileReference, type ServerReference } from '../../servers/index.ts';
import { noAnnotations, type Annotations, type CredentialRecord, type Custody } from '../../credential/index.ts';
import { adoptedRecord } from '../../credential/adopted-record.ts';
import { tenantsOf } from '../../credential/track/index.ts';

/** The dialog as it was accepted, field by field. */
export interface SaveRequest {
  /** Null for a new credential. */
  readonly id: string | null;
  readonly name: string;
  /** Those that were typed; the others stay as they are. */
  readonly annotations?: Partial<Annotations>;
  readonly cloud: CloudId;
  /** Tenant id or domain, as typed. */
  readonly tenant: string | null;
  readonly clientId: string | null;
  readonly redirectUri: string | null;
  readonly server: ServerReference;
  readonly profile: ProfileReference;
  readonly custody: Custody;
  /** A certificate that is to take the place of the stored one; it is published by the next set-up, or by hand. */
  readonly certificate: NewCertificate | null;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A tenant by its id, and the domain by which it was named. */
interface NamedTenant {
  readonly id: string;
  /** Empty where it was named by its id. */
  readonly domain: string;
}

/**
 * Asks Microsoft Entra ID for the id of a tenant that was named by a domain.
 *
 * @throws Fault track.tenant-unknown, track.tenant-unresolved, interrupted
 */
async function namedTenant(engine: Engine, { cloud, tenant }: SaveRequest, signal?: AbortSignal): Promise<NamedTenant | null> {
  if (tenant === null) return null;
  if (guid.test(tenant)) return { id: tenant, domain: '' };
  const found = await tenantsOf(engine, signal)(tenant, cloud);
  if (!found.ok) throw found.fault;
  return { id: found.value, domain: tenant };
}

/** By hand means: the application is there already, so its id and its tenant are known. */
function newRecord(engine: Engine, request: SaveRequest, named: NamedTenant | null): CredentialRecord {
  const { name, annotations, cloud, clientId, redirectUri, custody } = request;
  if (clientId === null) throw new Fault('credential.client-id-needed');
  if (named === null) throw new Fault('credential.tenant-id-needed');
  const known = {
    ...noAnnotations,
    ...annotations,
    name,
    cloud,
    tenantId: named.id,
    tenantName: '',
    tenantDomain: named.domain,
    clientId,
    redirectUri,
    server: request.server,
    profile: request.profile,
    custody,
  };
  return adoptedRecord({ ...known, certificate: null, state: 'never-checked' }, engine.clock.now());
}

const isTenantOf = ({ tenantId, tenantDomain }: CredentialRecord, tenant: string): boolean =>
  [tenantId, tenantDomain.toLowerCase()].includes(tenant);

/** The identity of a stored credential: it may be typed while nothing was registered or read, and stays from then on. */
function withIdentity(stored: CredentialRecord, { cloud, tenant, clientId }: SaveRequest, named: NamedTenant | null): CredentialRecord {
  const sameTenant = tenant === null || isTenantOf(stored, tenant) || named?.id === stored.tenantId;
  const same = cloud === stored.cloud && sameTenant && clientId === stored.clientId;
  if (same) return stored;
  if (stored.objectId !== null)
    throw new Fault('credential.identity-fixed', { params: { name: stored.name, clientId: stored.clientId ?? '' } });
  // Another program has given it another tenant since the domain was asked for.
  if (!sameTenant && named === null) throw new Fault('credential.tenant-id-needed');
  const tenantOf = sameTenant || named === null ? {} : { tenantId: named.id, tenantName: '', tenantDomain: named.domain };
  if (clientId === null && stored.adopted) throw new Fault('credential.client-id-needed');
  return { ...stored, ...tenantOf, cloud, clientId, ...(clientId === null ? {} : { adopted: true, uniqueName: null }) };
}

function withCertificate(record: CredentialRecord, custody: Custody, certificate: NewCertificate | null, now: Date): CredentialRecord {
  const next = certificate?.stored ?? null;
  const kept = custody === record.custody && (next === null || next.thumbprintSha256 === record.certificate?.thumbprintSha256);
  if (kept) return record;
  return next === null ? wished(record, { custody }) : { ...withSuccessor(record, next, now), custody };
}

const concerning = ({ cloud, tenantId, clientId, redirectUri, server, profile, custody, certificate }: CredentialRecord) =>
  JSON.stringify({ cloud, tenantId, clientId, redirectUri, server, profile, custody, certificate });

/** A proof speaks of what was proven: any other credential than that has to be verified again. */
function withState(record: CredentialRecord, stored: CredentialRecord | null): CredentialRecord {
  if (stored !== null && concerning(stored) === concerning(record)) return record;
  const waits = record.certificate === null && record.custody === 'external';
  return { ...record, proof: null, state: waits ? 'waiting-certificate' : 'never-checked' };
}

/** The credential as the dialog describes it. */
function accepted(identified: CredentialRecord, stored: CredentialRecord | null, request: SaveRequest, now: Date): CredentialRecord {
  const { name, redirectUri, server, custody, certificate } = request;
  // A shipped list that a newer version has changed is asked for by a set-up; one of one's own by whoever changes it.
  const same = identified.profile.id === request.profile.id && loadProfiles().some(({ id }) => id === request.profile.id);
  const profile = same ? identified.profile : profileReference(request.profile);
  return withState({ ...withCertificate(identified, custody, certificate, now), name, redirectUri, server, profile }, stored);
}

/**
 * Stores what was typed: for administrators who register by hand, and for changes of a stored credential before its next set-up.
 * No tenant is asked for anything; of one that was named by a domain Microsoft Entra ID is asked for the id. The key first, then
 * the record.
 *
 * @throws Fault credential.*, input.name.taken, input.credential.unknown, track.tenant-*, vault.*, lease.held
 */
export async function save(engine: Engine, request: SaveRequest, run: Run): Promise<CredentialRecord> {
  const { id, certificate, custody } = request;
  if (certificate !== null && (certificate.privateKey === null) !== (custody === 'external'))
    throw new Fault('credential.certificate-of-other-custody');
  const known = id === null ? null : engine.store.find(id);
  const asked = request.tenant !== null && known !== null && isTenantOf(known, request.tenant);
  const named = asked ? null : await namedTenant(engine, request, run.signal);
  const begun = known ?? newRecord(engine, request, named);
  return underLease(engine, begun.id, run, async (leased) => {
    if (certificate?.privateKey)
      await leased.secrets.save({ credentialId: begun.id, thumbprint: certificate.stored.thumbprint }, certificate.privateKey);
    leased.log.info('credential.saved', { credential: begun.id, new: id === null });
    if (id === null) {
      leased.store.insert(accepted(begun, null, request, leased.clock.now()));
      return leased.store.find(begun.id);
    }
    return leased.store.change(id, (stored) => {
      const { name, cloud, tenantId, tenantName, tenantDomain, clientId, adopted, uniqueName, redirectUri, server, profile, ...rest } =
        accepted(withIdentity(stored, request, named), stored, request, leased.clock.now());
      const { certificate: current, earlierCertificates, rotation, proof, state } = rest;
      const identity = {
        ...request.annotations,
        name,
        cloud,
        tenantId,
        tenantName,
        tenantDomain,
        clientId,
        adopted,
        uniqueName,
        redirectUri,
        server,
        profile,
        custody,
      };
      return { ...identity, certificate: current, earlierCertificates, rotation, proof, state };
    });
  });
}
