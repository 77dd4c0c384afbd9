import type { Certificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { storedCertificate, type CredentialRecord } from '../../credential/index.ts';
import type { Engine, Run } from '../engine.ts';
import {
  prepareCertificate,
  type CertificateWish,
  type NewCertificate,
  type PreparedCertificate,
} from '../certificates/new-certificate.ts';
import { register } from '../run/register.ts';
import { present } from './present.ts';
import type { Report } from '../run/report.ts';

export interface RepairRequest {
  /** Id or name. */
  readonly credential: string;
  /** The server's certificate (custody external). */
  readonly certificate: Certificate | null;
  readonly keySize: CertificateWish['keySize'];
  readonly lifetime: CertificateWish['lifetime'];
  readonly planOnly: boolean;
}

/** A key that is gone from the keychain (new PC, entry deleted) is healed by a new certificate beside the old one. */
async function certificateFor(
  engine: Engine,
  record: CredentialRecord,
  request: RepairRequest,
  run: Run,
): Promise<NewCertificate | PreparedCertificate | null> {
  if (request.certificate !== null) {
    if (record.custody !== 'external')
      throw new Fault('input.option.conflict', { params: { option: '--certificate', other: '--custody keyring' } });
    const same = request.certificate.thumbprintSha256 === record.certificate?.thumbprintSha256;
    return same ? null : { stored: storedCertificate(request.certificate, 'key-elsewhere'), privateKey: null };
  }
  if (record.custody === 'external') return null;
  const key =
    record.certificate === null ? null : await engine.secrets.load({ credentialId: record.id, thumbprint: record.certificate.thumbprint });
  if (key !== null) return null;
  return prepareCertificate(engine, { commonName: record.appName, keySize: request.keySize, lifetime: request.lifetime }, run);
}

/**
 * Brings the registration of a stored credential back to what it should be, key included, and proves it; with
 * `planOnly` shows what that would change.
 *
 * @throws Fault
 */
export async function repair(engine: Engine, request: RepairRequest, run: Run): Promise<Report> {
  const record = engine.store.find(request.credential);
  if (record.custody === 'keyring') await engine.secrets.probe();
  const done = await register(
    engine,
    { record, certificate: certificateFor(engine, record, request, run), planOnly: request.planOnly },
    run,
  );
  const { id, certificate } = done.credential;
  if (!request.planOnly && certificate !== null) present(engine, id, certificate.thumbprint, 'shown');
  return done;
}
