import { randomUUID } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';
import { storedCertificate } from '../../registration/operations/new-certificate.ts';
import type { CredentialRecord } from '../../vault/index.ts';
import type { Typed } from './candidate.ts';

export interface Accepted extends Pick<Typed, 'cloud' | 'profile' | 'tenantName' | 'tenantDomain' | 'redirectUri'> {
  readonly name: string;
  readonly tenantId: string;
  readonly clientId: string | null;
  readonly certificate: Certificate | null;
}

/**
 * A credential that exists already: its application is adopted, its key is held elsewhere. Nothing of it was read from
 * the tenant, so nothing is proven.
 */
export function trackedRecord({ name, tenantId, clientId, certificate, cloud, profile, tenantName, tenantDomain, redirectUri }: Accepted, now: Date): CredentialRecord {
  const at = now.toISOString();
  return {
    id: randomUUID(),
    name,
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
    profile: { id: profile.id, version: profile.version, permissions: profile.permissions },
    custody: 'external',
    certificate: certificate === null ? null : storedCertificate(certificate),
    earlierCertificates: [],
    state: certificate === null ? 'waiting-certificate' : 'never-checked',
    proof: null,
    handover: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
