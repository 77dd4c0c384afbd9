import { randomUUID } from 'node:crypto';
import type { CredentialRecord } from './index.ts';

/** What is known of a credential whose application exists already. */
export type Known = Pick<
  CredentialRecord,
  | 'name'
  | 'cloud'
  | 'tenantId'
  | 'tenantName'
  | 'tenantDomain'
  | 'clientId'
  | 'redirectUri'
  | 'profile'
  | 'custody'
  | 'certificate'
  | 'state'
>;

/** A credential whose application is adopted. Nothing of it was read from the tenant, so nothing is proven. */
export function adoptedRecord(
  { name, cloud, tenantId, tenantName, tenantDomain, clientId, redirectUri, profile, custody, certificate, state }: Known,
  now: Date,
): CredentialRecord {
  const at = now.toISOString();
  return {
    id: randomUUID(),
    version: 0,
    name,
    customer: '',
    notes: '',
    cloud,
    tenantId,
    tenantName,
    tenantDomain,
    appName: name,
    uniqueName: null,
    adopted: true,
    clientId,
    objectId: null,
    servicePrincipalId: null,
    redirectUri,
    // Of a profile that was read whole, the reference alone is kept.
    profile: { id: profile.id, version: profile.version, permissions: profile.permissions },
    custody,
    certificate,
    earlierCertificates: [],
    state,
    proof: null,
    presented: null,
    rotation: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
