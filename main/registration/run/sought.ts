import type { CredentialRecord } from '../../credential/index.ts';
import type { SoughtCredential } from '../../mailstore/index.ts';

/** What a server is asked for, of a credential as it is now. */
export const soughtBy = ({ id, clientId, tenantId, certificate, profile }: CredentialRecord): SoughtCredential => ({
  id,
  clientId,
  tenantId,
  thumbprint: certificate?.thumbprint ?? null,
  profile: `${profile.id} ${profile.version}`,
});
