import { randomUUID } from 'node:crypto';
import { profileReference } from '../servers/index.ts';
import { annotationsOf, type TextFieldName } from './fields.ts';
import type { CredentialRecord } from './record.ts';

/** What is known of a credential whose application exists already. */
export type Known = Pick<
  CredentialRecord,
  | TextFieldName
  | 'cloud'
  | 'tenantId'
  | 'tenantName'
  | 'tenantDomain'
  | 'clientId'
  | 'redirectUri'
  | 'server'
  | 'profile'
  | 'custody'
  | 'certificate'
  | 'state'
>;

/** A credential whose application is adopted. Nothing of it was read from the tenant, so nothing is proven. */
export function adoptedRecord(
  { cloud, tenantId, tenantName, tenantDomain, clientId, redirectUri, server, profile, custody, certificate, state, ...texts }: Known,
  now: Date,
): CredentialRecord {
  const at = now.toISOString();
  return {
    id: randomUUID(),
    version: 0,
    name: texts.name,
    ...annotationsOf(texts),
    cloud,
    tenantId,
    tenantName,
    tenantDomain,
    appName: texts.name,
    uniqueName: null,
    adopted: true,
    clientId,
    objectId: null,
    servicePrincipalId: null,
    redirectUri,
    server,
    profile: profileReference(profile),
    custody,
    certificate,
    earlierCertificates: [],
    state,
    proof: null,
    presented: null,
    rotation: null,
    sheet: {},
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
