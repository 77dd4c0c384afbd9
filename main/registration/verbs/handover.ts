import { userInfo } from 'node:os';
import { Fault } from '../../faults.ts';
import { thumbprintText } from '../../certificates/index.ts';
import type { Engine } from '../engine.ts';
import { reachedAt, reaching } from '../certificates/timeline.ts';
import type { CredentialRecord } from '../../credential/record.ts';

/**
 * Records that the administrator imported the certificate in the server and its own test succeeded there: who, when,
 * which thumbprint. Nothing the server may still use is removed before it. In a rotation it is about the new certificate.
 *
 * @param thumbprint the one the server shows, when the administrator typed it: it has to be the credential's
 * @throws Fault input.credential.unknown, handover.no-certificate, handover.other-thumbprint, handover.not-published
 */
export function confirmHandover(engine: Engine, idOrName: string, thumbprint: string | undefined): CredentialRecord {
  const record = engine.store.find(idOrName);
  const { certificate } = record;
  if (certificate === null) throw new Fault('handover.no-certificate', { params: { name: record.name } });
  if (thumbprint !== undefined) {
    const given = thumbprintText(thumbprint);
    if (given !== certificate.thumbprint && given !== certificate.thumbprintSha256) {
      throw new Fault('handover.other-thumbprint', { params: { given, expected: certificate.thumbprint } });
    }
  }
  const rotation = record.rotation?.to === certificate.thumbprint ? record.rotation : null;
  // Before it is published no test of the server can have succeeded with it. With a key of the server's, publishing can have
  // happened where nobody here could see it.
  if (rotation !== null && record.custody === 'keyring' && reachedAt(rotation, 'published') === null)
    throw new Fault('handover.not-published', { params: { name: record.name, thumbprint: certificate.thumbprint } });
  const now = engine.clock.now();
  const handover = { confirmedAt: now.toISOString(), by: userInfo().username, thumbprint: certificate.thumbprint };
  // Their word counts where nothing failed and something could not be tested here; it never turns red into green.
  const state = record.state === 'set-up' ? 'confirmed' : record.state;
  engine.log.info('credential.handed-over', { credential: record.id, thumbprint: certificate.thumbprint });
  const handedOver = rotation === null ? {} : { rotation: reaching(reaching(rotation, 'published', now), 'handed-over', now) };
  return engine.store.update(record.id, { handover, state, usedHereOnly: false, ...handedOver });
}

/**
 * Records the administrator's word that no other software uses the key of this credential: a rotation then needs no
 * handover, and removes the old key credential by itself after the overlap. The export of a PFX takes it back.
 *
 * @throws Fault input.credential.unknown, handover.key-elsewhere
 */
export function markUsedHereOnly(engine: Engine, idOrName: string): CredentialRecord {
  const record = engine.store.find(idOrName);
  if (record.custody === 'external') throw new Fault('handover.key-elsewhere', { params: { name: record.name } });
  engine.log.info('credential.used-here-only', { credential: record.id });
  return engine.store.update(record.id, { usedHereOnly: true, handover: null });
}
