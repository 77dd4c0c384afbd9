import { Fault } from '../../faults.ts';
import { withFacts, type CredentialRecord } from '../../credential/index.ts';
import type { Engine, Run } from '../engine.ts';
import { underLease } from '../run/under-lease.ts';
import { recordAct } from '../run/act.ts';
import { confirmHandover } from './handover.ts';

/**
 * Hand over and forget the key: the administrator says that the server uses the certificate, and from then on only the
 * server holds its key. Nothing changes in the tenant. Without the key no token can be asked for here, so what was proven
 * before is the administrator's word now.
 *
 * @param thumbprint as for `confirmHandover`
 * @throws Fault handover.*, input.credential.unknown, vault.*, lease.held
 */
export async function handOverAndForget(
  engine: Engine,
  idOrName: string,
  thumbprint: string | undefined,
  run: Run,
): Promise<CredentialRecord> {
  const { id, name } = engine.store.find(idOrName);
  await engine.secrets.probe();
  return underLease(engine, id, run, async (leased) => {
    if (leased.store.find(id).custody === 'external') throw new Fault('handover.key-elsewhere', { params: { name } });
    const { certificate } = confirmHandover(leased, id, thumbprint);
    if (certificate === null) throw new Fault('handover.no-certificate', { params: { name } });
    const forgotten = certificate.thumbprint;
    const record = leased.store.change(id, (current) => {
      // Another certificate by now would be given away with this one's word.
      if (current.certificate?.thumbprint !== forgotten) throw new Fault('store.changed', { params: { name } });
      recordAct(leased, current, 'forget-key', forgotten);
      return {
        ...withFacts(current, forgotten, { holder: 'external' }),
        custody: 'external',
        state: current.state === 'proven' ? 'confirmed' : current.state,
      };
    });
    // Last: a crash before leaves a key that no credential needs, which is found and can be cleaned.
    await leased.secrets.forget({ credentialId: id, thumbprint: forgotten });
    leased.log.info('credential.key-forgotten', { credential: id, thumbprint: forgotten });
    return record;
  });
}

/**
 * The administrator's confirmation, as this computer's policies have it: where keys may not be kept after a handover, it
 * forgets the key as well.
 *
 * @throws Fault as `confirmHandover` and `handOverAndForget`
 */
export async function handOver(engine: Engine, idOrName: string, thumbprint: string | undefined, run: Run): Promise<CredentialRecord> {
  const forget = engine.policies.ForbidKeepingKeys === true && engine.store.find(idOrName).custody === 'keyring';
  return forget ? handOverAndForget(engine, idOrName, thumbprint, run) : confirmHandover(engine, idOrName, thumbprint);
}
