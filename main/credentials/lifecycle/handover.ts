import { userInfo } from 'node:os';
import { Fault } from '../../faults.ts';
import { thumbprintText } from '../../certificates/index.ts';
import type { Engine } from '../../registration/operations/engine.ts';
import type { CredentialRecord } from '../../vault/credential.ts';

/**
 * Records that the administrator imported the certificate in the server and its own test succeeded there: who, when,
 * which thumbprint. Nothing the server may still use is removed before it.
 *
 * @param thumbprint the one the server shows, when the administrator typed it: it has to be the credential's
 * @throws Fault input.credential.unknown, handover.no-certificate, handover.other-thumbprint
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
  const handover = { confirmedAt: engine.clock.now().toISOString(), by: userInfo().username, thumbprint: certificate.thumbprint };
  // Their word counts where nothing failed and something could not be tested here; it never turns red into green.
  const state = record.state === 'set-up' ? 'confirmed' : record.state;
  engine.log.info('credential.handed-over', { credential: record.id, thumbprint: certificate.thumbprint });
  return engine.store.update(record.id, { handover, state });
}
