import type { CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import type { NewCertificate, PreparedCertificate } from '../certificates/new-certificate.ts';
import type { Engine } from '../engine.ts';
import { heldOf } from '../verify/checks/server-word.ts';
import { soughtBy } from './sought.ts';

/**
 * A certificate that is given as the server's own has to be the one that the server shows, where that is known and answers: it is looked
 * at before it is published. A server that says nothing stops nobody.
 *
 * @param record as it is wished for
 * @throws Fault server.other-certificate, interrupted
 */
export async function requireServersOwn(
  { linkedServers }: Pick<Engine, 'linkedServers'>,
  record: CredentialRecord,
  certificate: NewCertificate | PreparedCertificate | null,
  signal?: AbortSignal,
): Promise<void> {
  if (record.custody !== 'external' || certificate === null || !('stored' in certificate)) return;
  const shown = await linkedServers.held(soughtBy(record), signal);
  const held = shown === null ? null : heldOf(shown);
  const { thumbprint: given } = certificate.stored;
  if (shown === null || held === null || held.thumbprint === given) return;
  throw new Fault('server.other-certificate', { params: { server: shown.server, held: held.thumbprint, given } });
}
