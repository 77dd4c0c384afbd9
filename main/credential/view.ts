import type { CloudId } from '../clouds/index.ts';
import { handoverOf } from './certificate-facts.ts';
import { annotationsOf, type Annotations } from './fields.ts';
import type { CredentialRecord, CredentialState, Custody, Handover, StoredCertificate } from './record.ts';

/** The public facts of a certificate; the whole of it stays in the store. */
export type CertificateView = Pick<StoredCertificate, 'thumbprint' | 'thumbprintSha256' | 'subject' | 'keySize' | 'notBefore' | 'notAfter'>;

/** That the server uses the certificate: by the administrator's word, by the server's own, or by both. */
export interface HandoverView {
  readonly confirmedAt: string;
  /** The administrator; with `word: 'server'` the server. */
  readonly by: string;
  readonly thumbprint: string;
  readonly word?: 'administrator' | 'server';
  /** What the server itself showed; absent where none can be asked. */
  readonly server?: {
    readonly name: string;
    readonly instance: string | null;
    readonly archived: { readonly items: number; readonly completedAt: string; readonly seenAt: string } | null;
  };
}

function handoverView({ confirmedAt, by, thumbprint, word, server }: Handover): HandoverView {
  if (server === undefined) return { confirmedAt, by, thumbprint };
  const { name, instance, archived } = server;
  const seen = archived === null ? null : { items: archived.items, completedAt: archived.completedAt, seenAt: archived.seenAt };
  return { confirmedAt, by, thumbprint, word: word ?? 'administrator', server: { name, instance, archived: seen } };
}

/**
 * A credential as it is shown: the command line's JSON is this, and the window's row and the exported list are made of it.
 * No secret, no proof. Dates are ISO 8601 UTC, thumbprints upper-case hex.
 */
export interface CredentialView extends Annotations {
  readonly id: string;
  readonly name: string;
  readonly type: 'Microsoft 365';
  readonly cloud: CloudId;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly clientId: string | null;
  readonly objectId: string | null;
  readonly servicePrincipalId: string | null;
  readonly redirectUri: string | null;
  /** Id of the kind of server software. */
  readonly server: string;
  /** Of a server that holds several. */
  readonly instance: string | null;
  readonly profile: string;
  readonly custody: Custody;
  readonly state: CredentialState;
  /** Of the current certificate, for the current permissions. */
  readonly handover: HandoverView | null;
  readonly certificate: CertificateView | null;
  readonly deletedAt?: string;
}

export function credentialView(record: CredentialRecord): CredentialView {
  const { certificate, profile, id, name, cloud, tenantId, tenantName, tenantDomain, clientId, objectId, servicePrincipalId } = record;
  const { redirectUri, server, custody, state, deletedAt } = record;
  const handover = handoverOf(record);
  return {
    id,
    name,
    ...annotationsOf(record),
    type: 'Microsoft 365',
    cloud,
    tenantId,
    tenantName,
    tenantDomain,
    clientId,
    objectId,
    servicePrincipalId,
    redirectUri,
    server: server.id,
    instance: server.instance,
    profile: profile.id,
    custody,
    state,
    handover: handover === null ? null : handoverView(handover),
    certificate: certificate === null ? null : certificateView(certificate),
    ...(deletedAt === null ? {} : { deletedAt }),
  };
}

export function certificateView({ thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter }: CertificateView): CertificateView {
  return { thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter };
}
