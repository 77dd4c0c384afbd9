import { storedCertificate } from '../../credential/index.ts';
import type { Certificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import type { Engine, Run } from '../engine.ts';
import type { NewCertificate } from '../certificates/new-certificate.ts';
import { register } from '../run/register.ts';
import type { Report } from '../run/report.ts';
import { defaultOverlapDays } from '../certificates/timeline.ts';
import { requireSettled } from '../run/settled.ts';
import { refuseKnown } from './import-certificate.ts';

export interface ExternalRotation {
  /** Id or name. */
  readonly credential: string;
  /** The one that the server makes while somebody is signed in here: it uses it at once, so it is published at once. */
  readonly certificate: Promise<Certificate>;
  /** Null: the default. */
  readonly overlapDays: number | null;
}

/**
 * Publishes the server's new certificate beside the old one, which goes only after the handover was confirmed.
 *
 * @throws Fault input.credential.unknown, credential.client-id-needed, rotation.no-certificate, import.already-there,
 * import.of-other-credential, lease.held, those of `register`
 */
export function rotateExternal(engine: Engine, { credential, certificate, overlapDays }: ExternalRotation, run: Run): Promise<Report> {
  const record = engine.store.find(credential);
  requireSettled(engine, record);
  if (record.clientId === null) throw new Fault('credential.client-id-needed');
  if (record.certificate === null) throw new Fault('rotation.no-certificate', { params: { name: record.name } });
  const successor = certificate.then((made): NewCertificate => {
    refuseKnown(engine, record, made);
    return { stored: storedCertificate(made, 'key-elsewhere'), privateKey: null };
  });
  return register(
    engine,
    { record, certificate: successor, planOnly: false, rotation: { overlapDays: overlapDays ?? defaultOverlapDays } },
    run,
  );
}
