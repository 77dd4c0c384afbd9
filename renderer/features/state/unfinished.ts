import type { CredentialRow } from '../../../preload/contract.ts';
import type { Texts } from '../../bridge/translate.ts';

/** The administrator has said that the server works with this very certificate. */
export const isConfirmed = ({ handover, certificate }: CredentialRow): boolean =>
  handover !== null && handover.thumbprint === certificate?.thumbprint;

/** It is on its way from EWS: some of its steps are done, and some are left. */
export const isMoving = ({ migration }: CredentialRow): boolean =>
  migration !== undefined && migration.next !== 'begin' && migration.next !== 'nothing';

/** How the command is called that goes on with what was begun. */
export const continuedText = (row: CredentialRow, server: string, { t }: Pick<Texts, 't'>): string =>
  isMoving(row) && row.rotation?.next !== 'handover'
    ? t('manager.continue.move', { target: row.migration?.target ?? '' })
    : t('manager.continue.in', { server });

/** It is registered, and nobody knows yet that its server works with it: what is left is done in the server. */
export function isUnfinished(row: CredentialRow): boolean {
  if (row.clientId === null || row.deletedAt !== null) return false;
  if (isMoving(row)) return true;
  if (isConfirmed(row)) return false;
  if (row.certificate === null) return row.custody === 'external';
  return (
    !row.usedHereOnly &&
    (row.state === 'set-up' || row.state === 'waiting-consent' || (row.state === 'proven' && row.custody === 'keyring'))
  );
}
