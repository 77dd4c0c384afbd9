import { Fault } from '../../faults.ts';
import type { Engine } from '../engine.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { confirmHandover } from './handover.ts';

/**
 * Hand over and forget the key: the administrator says that the server uses the certificate, and from then on only the
 * server holds its key. Nothing changes in the tenant. Without the key no token can be asked for here, so what was proven
 * before is the administrator's word now.
 *
 * @param thumbprint as for `confirmHandover`
 * @throws Fault handover.*, input.credential.unknown, vault.*, lease.held
 */
export async function handOverAndForget(engine: Engine, idOrName: string, thumbprint: string | undefined): Promise<CredentialRecord> {
  const { id, name } = engine.store.find(idOrName);
  await engine.secrets.probe();
  return engine.leases.withLease(id, engine.owner, async () => {
    if (engine.store.find(id).custody === 'external') throw new Fault('handover.key-elsewhere', { params: { name } });
    const { certificate, state } = confirmHandover(engine, id, thumbprint);
    const record = engine.store.update(id, { custody: 'external', state: state === 'proven' ? 'confirmed' : state });
    // Last: a crash before leaves a key that no credential needs, which is found and can be cleaned.
    if (certificate !== null) await engine.secrets.forget({ credentialId: id, thumbprint: certificate.thumbprint });
    engine.log.info('credential.key-forgotten', { credential: id, thumbprint: certificate?.thumbprint });
    return record;
  });
}

/**
 * The administrator's confirmation, as this computer's policies have it: where keys may not be kept after a handover, it
 * forgets the key as well.
 *
 * @throws Fault as `confirmHandover` and `handOverAndForget`
 */
export async function handOver(engine: Engine, idOrName: string, thumbprint: string | undefined): Promise<CredentialRecord> {
  const forget = engine.policies.ForbidKeepingKeys === true && engine.store.find(idOrName).custody === 'keyring';
  return forget ? handOverAndForget(engine, idOrName, thumbprint) : confirmHandover(engine, idOrName, thumbprint);
}
