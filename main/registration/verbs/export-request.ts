import { createRequest } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import type { Engine } from '../engine.ts';
import type { CredentialRecord } from '../../credential/record.ts';

export interface RequestExport {
  /** Id or name. */
  readonly credential: string;
  readonly path: string;
  readonly force: boolean;
}

/**
 * Writes a certification request (PKCS#10, PEM) for the key of a credential's certificate. The key stays; the certificate
 * that an authority signs for it comes back through `importCertificate`.
 *
 * @throws Fault input.credential.unknown, export.no-certificate, export.key-elsewhere, vault.*, file.*
 */
export async function exportRequest(engine: Engine, { credential, path, force }: RequestExport): Promise<CredentialRecord> {
  const record = engine.store.find(credential);
  const { id, name, appName, certificate, custody } = record;
  if (certificate === null) throw new Fault('export.no-certificate', { params: { name } });
  if (custody === 'external') throw new Fault('export.key-elsewhere', { params: { name } });
  const privateKey = await engine.secrets.load({ credentialId: id, thumbprint: certificate.thumbprint });
  if (privateKey === null) throw new Fault('vault.key-missing', { params: { name } });
  await writeNewFile(path, Buffer.from(await createRequest(appName, privateKey)), { force });
  engine.log.info('request.exported', { credential: id, thumbprint: certificate.thumbprint });
  return record;
}
