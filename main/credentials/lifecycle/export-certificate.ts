import { createPfx, readCertificate, toCer, toPem } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import type { Engine } from '../../registration/operations/engine.ts';
import type { CredentialRecord } from '../../vault/credential.ts';

export interface ExportRequest {
  /** Id or name. */
  readonly credential: string;
  /** `cer` is DER, `pem` the certificate alone, `pfx` certificate and private key. */
  readonly format: 'cer' | 'pem' | 'pfx';
  readonly path: string;
  readonly force: boolean;
  /** For `pfx`. */
  readonly password: string | null;
  /** `modern`: Windows 10 1709, Server 2019 and later; `compatible`: older ones too. */
  readonly encryption: 'modern' | 'compatible';
}

async function pfx(engine: Engine, record: CredentialRecord, der: Uint8Array, request: ExportRequest): Promise<Uint8Array> {
  if (record.custody === 'external') throw new Fault('export.key-elsewhere', { params: { name: record.name } });
  if (request.password === null) throw new Fault('input.option.missing', { params: { option: '--password-file' } });
  const certificate = readCertificate(der);
  const privateKey = await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
  if (privateKey === null) throw new Fault('vault.key-missing', { params: { name: record.name } });
  return createPfx({ certificate, privateKey, password: request.password, encryption: request.encryption, friendlyName: record.name });
}

/**
 * Writes the credential's certificate to a file, readable by this user only, atomically, never over an existing one
 * without `force`.
 *
 * @throws Fault input.credential.unknown, export.*, certificate.password-*, vault.*, file.*
 */
export async function exportCertificate(engine: Engine, request: ExportRequest): Promise<CredentialRecord> {
  const record = engine.store.find(request.credential);
  if (record.certificate === null) throw new Fault('export.no-certificate', { params: { name: record.name } });
  const der = Buffer.from(record.certificate.der, 'base64');
  const certificate = readCertificate(der);
  const bytes = request.format === 'cer' ? toCer(certificate) : request.format === 'pem' ? Buffer.from(toPem(certificate)) : await pfx(engine, record, der, request);
  await writeNewFile(request.path, bytes, { force: request.force });
  engine.log.info('certificate.exported', { credential: record.id, format: request.format, thumbprint: certificate.thumbprint });
  return record;
}
