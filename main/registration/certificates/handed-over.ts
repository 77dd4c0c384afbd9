import { withFacts, type CredentialPatch, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import { awaitsServer, reaching } from './timeline.ts';

/**
 * What a handover changes beside itself: whoever runs the server has the key from now on, and a rotation to this certificate has come
 * that far; with a key of a server that can be asked, only once it has archived.
 */
export function handedOver(
  record: CredentialRecord,
  { thumbprint }: StoredCertificate,
  handover: NonNullable<StoredCertificate['handover']>,
  now: Date,
): CredentialPatch {
  const facts = withFacts(record, thumbprint, { handover, otherHolders: 'possible', usedHereOnly: false });
  if (record.rotation?.to !== thumbprint) return facts;
  const published = reaching(record.rotation, 'published', now);
  return { ...facts, rotation: awaitsServer({ ...record, ...facts }) ? published : reaching(published, 'handed-over', now) };
}
