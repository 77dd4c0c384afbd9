import type { AuditTrail } from '../../audit/index.ts';
import type { CredentialRecord } from '../record.ts';

const isRemovalOf = (change: unknown, thumbprint: string): boolean =>
  typeof change === 'object' &&
  change !== null &&
  Reflect.get(change, 'change') === 'remove-key-credential' &&
  Reflect.get(change, 'thumbprint') === thumbprint;

/**
 * Whether the certificate of a key may stand in the tenant although the record does not name it: a store that was restored
 * from an earlier day does not know the newest one, and the server may be using it. It may not where there is no registration,
 * where the record says that the key was handed over, or where the trail says that certificate or registration was removed.
 */
export function mayBePublished(record: CredentialRecord, trail: AuditTrail, thumbprint: string): boolean {
  const { id, clientId, custody, certificate } = record;
  if (clientId === null || (custody === 'external' && certificate?.thumbprint === thumbprint)) return false;
  const done = trail.list({ credentialId: id }).filter(({ phase }) => phase === 'done');
  const last = done.findLast(({ change }) => change === 'delete-application' || change === 'restore-application');
  if (last?.change === 'delete-application') return false;
  return !done.some(({ detail }) => {
    const { changes } = detail;
    return Array.isArray(changes) && changes.some((change) => isRemovalOf(change, thumbprint));
  });
}
