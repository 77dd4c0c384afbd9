import { withFacts, type CredentialPatch, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import { reaching } from './timeline.ts';

/**
 * What a handover changes beside itself: whoever runs the server has the key from now on, and a rotation to this certificate has come
 * that far.
 */
export function handedOver(
  record: CredentialRecord,
  { thumbprint }: StoredCertificate,
  handover: NonNullable<StoredCertificate['handover']>,
  now: Date,
): CredentialPatch {
  const rotation = record.rotation?.to === thumbprint ? record.rotation : null;
  return {
    ...withFacts(record, thumbprint, { handover, otherHolders: 'possible', usedHereOnly: false }),
    ...(rotation === null ? {} : { rotation: reaching(reaching(rotation, 'published', now), 'handed-over', now) }),
  };
}
