import { handoverOf, withFacts, type CredentialPatch, type CredentialRecord } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';

/** The handover with a server that is to show it, or without one; null where nothing changes. */
function awaiting(
  record: CredentialRecord,
  server: { readonly name: string; readonly instance: string | null } | null,
): CredentialPatch | null {
  const { certificate } = record;
  const handover = handoverOf(record);
  // What a server has shown stays shown.
  if (certificate === null || handover === null || certificate.handover === null || handover.server?.archived != null) return null;
  const { server: _before, ...word } = certificate.handover;
  return withFacts(record, certificate.thumbprint, {
    handover: server === null ? word : { ...word, server: { ...server, archived: null } },
  });
}

/**
 * Says which server holds a credential. With a key of the server's its own word counts from then on: an earlier certificate goes only
 * after a run has archived with the current one.
 *
 * @param server id or name
 * @throws Fault input.credential.unknown, server.unknown, server.instance-*
 */
export function linkServer(engine: Engine, idOrName: string, server: string, instance: string | null): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  const { name } = engine.linkedServers.link(id, server, instance);
  const of = engine.linkedServers.of(id);
  return engine.store.change(id, (record) => awaiting(record, { name, instance: of?.instance ?? null }));
}

/**
 * No server is known any more that holds it: the administrator's word counts again.
 *
 * @throws Fault input.credential.unknown
 */
export function unlinkServer(engine: Engine, idOrName: string): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  engine.linkedServers.unlink(id);
  return engine.store.change(id, (record) => awaiting(record, null));
}
