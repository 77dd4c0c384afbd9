import type { CredentialRow, Draft } from '../../../preload/contract.ts';

/** What the dialog would hold of a stored credential. */
export function draftOf({ redirectUri, ...row }: CredentialRow): Draft {
  const uri = redirectUri === null ? null : new URL(redirectUri);
  return {
    id: row.id,
    name: row.name,
    clientId: row.clientId ?? '',
    tenant: row.tenantId || row.tenantDomain,
    custody: row.custody,
    fqdn: uri?.hostname ?? '',
    port: uri === null ? '' : uri.port || '443',
    userSignIn: uri !== null,
    server: row.server,
    instance: row.instance ?? '',
    profile: row.profile,
    cloud: row.cloud,
  };
}
