import type { CredentialRow } from '../../../preload/contract.ts';

/** The administrator has said that the server works with this very certificate. */
export const isConfirmed = ({ handover, certificate }: CredentialRow): boolean =>
  handover !== null && handover.thumbprint === certificate?.thumbprint;

/** It is registered, and nobody knows yet that its server works with it: what is left is done in the server. */
export function isUnfinished(row: CredentialRow): boolean {
  if (row.clientId === null || row.deletedAt !== null || isConfirmed(row)) return false;
  if (row.certificate === null) return row.custody === 'external';
  return (
    !row.usedHereOnly &&
    (row.state === 'set-up' || row.state === 'waiting-consent' || (row.state === 'proven' && row.custody === 'keyring'))
  );
}
