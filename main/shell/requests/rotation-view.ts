import type { RotationView } from '../../../preload/contract.ts';
import { retirable, predecessorRetirableFrom } from '../../registration/certificates/retirable.ts';
import { isHandoverPending, isOpen, reachedAt } from '../../registration/certificates/timeline.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { certificateFacts } from './certificate-facts.ts';

function nextStep(record: CredentialRecord, now: Date): RotationView['next'] {
  if (isHandoverPending(record)) return 'handover';
  if (!isOpen(record)) return 'nothing';
  if (retirable(record, now).length > 0) return 'remove';
  return predecessorRetirableFrom(record) === null ? 'publish' : 'wait';
}

/** The latest rotation as the window shows it; null where there was none. */
export function rotationView(record: CredentialRecord, now: Date): RotationView | null {
  const { rotation, earlierCertificates, custody } = record;
  if (rotation === null) return null;
  const old = earlierCertificates.find(({ thumbprint }) => thumbprint === rotation.from) ?? null;
  const from = predecessorRetirableFrom(record);
  return {
    from: old === null ? null : certificateFacts(old),
    to: rotation.to,
    overlapDays: rotation.overlapDays,
    timeline: [...rotation.timeline],
    next: nextStep(record, now),
    removableFrom: from === null ? null : new Date(from).toISOString(),
    canRollBack: custody === 'keyring' && old !== null && reachedAt(rotation, 'rolled-back') === null,
  };
}
