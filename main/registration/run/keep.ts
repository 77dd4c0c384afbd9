import type { CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import type { NewCertificate } from '../certificates/new-certificate.ts';
import { reachedAt, reaching, withSuccessor } from '../certificates/timeline.ts';
import type { LeasedEngine } from '../engine.ts';
import type { Observed } from '../observed.ts';

/** What a run asks of a stored credential beside its certificate; what is left out stays. */
export type Wish = Partial<Pick<CredentialRecord, 'profile' | 'custody'>>;

/** What one run makes of a credential before it writes in the tenant. */
export interface Intention {
  readonly wish: Wish;
  readonly next: NewCertificate | null;
  readonly overlapDays: number | undefined;
  /** As the tenant was read. */
  readonly observed: Observed;
}

/** Another custody begins with a certificate of its own; the one before stays known with all that is known of it. */
export function wished(record: CredentialRecord, { profile = record.profile, custody = record.custody }: Wish): CredentialRecord {
  if (custody === record.custody) return { ...record, profile };
  const { certificate, earlierCertificates } = record;
  return {
    ...record,
    profile,
    custody,
    certificate: null,
    earlierCertificates: certificate === null ? earlierCertificates : [...earlierCertificates, certificate],
  };
}

/** What was read of tenant and registration; known ids stay where nothing was seen. */
export function tenantFacts(record: CredentialRecord, { tenant, application, servicePrincipal }: Observed) {
  return {
    tenantId: tenant.id,
    tenantName: tenant.displayName,
    tenantDomain: tenant.defaultDomain,
    clientId: application?.clientId ?? record.clientId,
    objectId: application?.objectId ?? record.objectId,
    servicePrincipalId: servicePrincipal?.id ?? record.servicePrincipalId,
  };
}

/** The credential as this run is to leave it, seen from what it is. */
export function intended(record: CredentialRecord, { wish, next, overlapDays, observed }: Intention, now: Date): CredentialRecord {
  const base = wished(record, wish);
  const succeeded = next === null ? base : withSuccessor(base, next.stored, now, overlapDays);
  return { ...succeeded, ...tenantFacts(succeeded, observed) };
}

/**
 * Keeps what a run intends, the secret first: a crash in between leaves a key without a record, which is found and can be
 * cleaned. It is worked out anew from the record as it is: what others have said of it meanwhile stays.
 *
 * @param read the record that the intention was worked out for
 * @throws Fault store.changed when another certificate or profile than the one that was read is there by now
 */
export async function keep(engine: LeasedEngine, read: CredentialRecord, intention: Intention): Promise<CredentialRecord> {
  const { next } = intention;
  if (next?.privateKey) await engine.secrets.save({ credentialId: read.id, thumbprint: next.stored.thumbprint }, next.privateKey);
  const now = engine.clock.now();
  if (read.version === 0) {
    engine.store.insert(intended(read, intention, now));
    return engine.store.find(read.id);
  }
  return engine.store.change(read.id, (record) => {
    const same =
      record.certificate?.thumbprint === read.certificate?.thumbprint &&
      record.profile.id === read.profile.id &&
      record.custody === read.custody;
    if (!same) throw new Fault('store.changed', { params: { name: record.name } });
    const { profile, custody, certificate, earlierCertificates, rotation, proof, state, ...rest } = intended(record, intention, now);
    const { tenantId, tenantName, tenantDomain, clientId, objectId, servicePrincipalId } = rest;
    const tenant = { tenantId, tenantName, tenantDomain, clientId, objectId, servicePrincipalId };
    return { profile, custody, certificate, earlierCertificates, rotation, proof, state, ...tenant };
  });
}

/**
 * The one undo: takes back a new certificate that Microsoft certainly refused, so that it was never published. The one before is
 * the current one again, the rotation ends as rolled back, and the new key, which is of no use, is forgotten.
 *
 * @param before the credential before this run changed it
 */
export async function withdrawRefused(engine: LeasedEngine, before: CredentialRecord): Promise<void> {
  const { id } = before;
  const refused = engine.store.get(id)?.certificate ?? null;
  if (refused === null) return;
  let withdrawn = false;
  engine.store.change(id, (record) => {
    const { certificate, earlierCertificates, rotation } = record;
    const published = rotation !== null && reachedAt(rotation, 'published') !== null;
    // A rotation that was begun earlier has its successor in the record already; any other certificate has to be new.
    const isNew = rotation?.to === refused.thumbprint || before.certificate?.thumbprint !== refused.thumbprint;
    if (certificate?.thumbprint !== refused.thumbprint || published || !isNew) return null;
    withdrawn = true;
    const old = earlierCertificates.find(({ thumbprint }) => thumbprint === (rotation?.from ?? before.certificate?.thumbprint)) ?? null;
    const known = before.certificate?.thumbprint === old?.thumbprint;
    const { custody, proof, state } = before;
    return {
      certificate: old,
      earlierCertificates: earlierCertificates.filter(({ thumbprint }) => thumbprint !== old?.thumbprint),
      rotation: rotation === null ? null : reaching(rotation, 'rolled-back', engine.clock.now()),
      ...(known ? { custody, proof, state } : {}),
    };
  });
  if (!withdrawn) return;
  engine.log.info('certificate.withdrawn', { credential: id, thumbprint: refused.thumbprint });
  if (refused.holder !== 'keyring') return;
  await engine.secrets
    .forget({ credentialId: id, thumbprint: refused.thumbprint })
    .catch((error: unknown) =>
      engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint: refused.thumbprint, error: String(error) }),
    );
}
