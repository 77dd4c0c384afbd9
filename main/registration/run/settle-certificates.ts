import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import { isPublished, settleFacts, settlePublished, settleRemoved, settleRemoving } from '../certificates/settle.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import type { Observed } from '../observed.ts';
import { provenRemovals, removalsBegun } from './removed.ts';

/** What was read first and last tells which certificates are there and which are gone: retired, accepted, or expired. */
export async function settleCertificates(
  engine: LeasedEngine,
  connection: Connection,
  { record, retired }: { readonly record: CredentialRecord; readonly retired: readonly StoredCertificate[] },
  { first, last }: { readonly first: Observed; readonly last: Observed },
  run: Run,
): Promise<CredentialRecord> {
  const { id, certificate, earlierCertificates } = record;
  const { application } = last;
  if (application === null) return engine.store.find(id);
  const { begun } = removalsBegun(engine.trail, id);
  const mayGo = new Set(retired.map(({ thumbprint }) => thumbprint));
  const mayBeGone = (each: StoredCertificate) =>
    mayGo.has(each.thumbprint) || begun.has(each.thumbprint) || (first.application !== null && isPublished(first.application, each));
  const gone = earlierCertificates.filter((each) => mayBeGone(each) && !isPublished(application, each));
  const { proven, open } = await provenRemovals(engine, connection, record, gone, { seen: true, waits: true }, run);
  if (proven.length > 0) await settleRemoved(engine, id, proven);
  settleRemoving(engine, id, open);
  const known = settleFacts(engine, id, application, last.at);
  return certificate !== null && isPublished(application, certificate) ? settlePublished(engine, id, certificate.thumbprint) : known;
}
