import type { KeyObject } from 'node:crypto';
import { checkPfxPassword, createPfx, readCertificate, thumbprintText, toCer, toPem, type Certificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { requireKeyExport } from '../../policies/index.ts';
import type { Engine } from '../engine.ts';
import { certificateNamed, withFacts, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import { reachedAt } from '../certificates/timeline.ts';
import { removalsBegun } from '../run/removed.ts';
import { recordAct } from '../run/act.ts';
import { present } from './present.ts';

export interface ExportRequest {
  /** Id or name. */
  readonly credential: string;
  /** SHA-1 or SHA-256 of the certificate that is meant; left out, the current one. */
  readonly thumbprint?: string;
  /** `cer` is DER, `pem` the certificate and its chain, `pfx` both and the private key. */
  readonly format: 'cer' | 'pem' | 'pfx';
  readonly path: string;
  readonly force: boolean;
  /** For `pfx`. */
  readonly password: string | null;
  /** `modern`: Windows 10 1709, Server 2019 and later; `compatible`: older ones too. */
  readonly encryption: 'modern' | 'compatible';
  /** For `pem`: file that gets the private key, which may be the same; encrypted where there is a password. */
  readonly keyPath?: string | null;
  /** Told before a private key is written where on Windows the rights of the folder apply. */
  readonly onFolderRights?: (path: string) => void | Promise<void>;
}

/** One certificate, and how it is written. */
export interface CertificateFile extends Omit<ExportRequest, 'credential' | 'thumbprint'> {
  readonly certificate: Certificate;
  /** For `pfx`. */
  readonly privateKey: KeyObject | null;
  /** For `pem` and `pfx`: DER of the certificates above it. */
  readonly chain?: readonly Uint8Array[];
  /** Name of the credential. */
  readonly name: string;
}

/** Before anything is recorded or written. @throws Fault certificate.password-* */
function checkPassword({ format, password }: Pick<ExportRequest, 'format' | 'password'>): void {
  if (password === null) return;
  if (format === 'pfx') checkPfxPassword(password);
  else if (password === '') throw new Fault('certificate.password-empty');
}

/** PKCS#8, encrypted by AES-256 where there is a password (RFC 5958, RFC 8018). */
function keyText(privateKey: KeyObject, password: string | null): string {
  const encryption = password === null ? {} : { cipher: 'aes-256-cbc', passphrase: password };
  return privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}

async function contents({ certificate, privateKey, chain = [], name, format, password, encryption }: CertificateFile): Promise<Uint8Array> {
  if (format === 'cer') return toCer(certificate);
  if (format === 'pem') return Buffer.from([certificate, ...chain.map((der) => ({ der }))].map(toPem).join(''));
  if (password === null) throw new Fault('input.option.missing', { params: { option: '--password-file' } });
  if (privateKey === null) throw new Fault('vault.key-missing', { params: { name } });
  return createPfx({ certificate, chain, privateKey, password, encryption, friendlyName: name });
}

/**
 * Writes a certificate to a file, readable by this user only, atomically, never over an existing one without `force`.
 *
 * @throws Fault certificate.password-*, vault.key-missing, file.*
 */
export async function writeCertificate(file: CertificateFile): Promise<void> {
  const { path, force, keyPath = null, privateKey, password, name, onFolderRights = () => undefined } = file;
  const secret = { onFolderRights };
  if (keyPath === null) {
    await writeNewFile(path, await contents(file), { force, ...(file.format === 'pfx' ? { secret } : {}) });
    return;
  }
  checkPassword(file);
  if (privateKey === null) throw new Fault('vault.key-missing', { params: { name } });
  const [certificates, key] = [await contents(file), Buffer.from(keyText(privateKey, password))];
  if (keyPath === path) {
    await writeNewFile(path, Buffer.concat([certificates, key]), { force, secret });
    return;
  }
  await writeNewFile(keyPath, key, { force, secret });
  await writeNewFile(path, certificates, { force });
}

/**
 * The certificate that is meant. One that is not published yet works nowhere, so it goes out only when it was named.
 *
 * @throws Fault export.no-certificate, export.other-thumbprint, export.not-published, certificate.thumbprint-invalid
 */
function chosen(record: CredentialRecord, thumbprint: string | undefined): StoredCertificate {
  const { name, certificate, rotation } = record;
  if (certificate === null) throw new Fault('export.no-certificate', { params: { name } });
  if (thumbprint !== undefined) {
    const found = certificateNamed(record, thumbprintText(thumbprint));
    if (found !== null) return found;
    throw new Fault('export.other-thumbprint', { params: { name, thumbprint, current: certificate.thumbprint } });
  }
  const unpublished = rotation !== null && rotation.to === certificate.thumbprint && reachedAt(rotation, 'published') === null;
  if (unpublished && reachedAt(rotation, 'rolled-back') === null)
    throw new Fault('export.not-published', { params: { name, thumbprint: certificate.thumbprint, published: rotation.from } });
  return certificate;
}

/**
 * An earlier certificate whose removal from the tenant was begun is none that a server could still be given.
 *
 * @throws Fault export.other-thumbprint
 */
function requireNotGoing({ trail }: Engine, { id, name, certificate }: CredentialRecord, thumbprint: string): void {
  const current = certificate?.thumbprint ?? '';
  if (thumbprint === current || !removalsBegun(trail, id).begun.has(thumbprint)) return;
  throw new Fault('export.other-thumbprint', { params: { name, thumbprint, current } });
}

/**
 * Writes a certificate of the credential to a file. That a key goes out is kept with its certificate, and stands in the trail,
 * before the file is there: from then on another software may use it.
 *
 * @throws Fault input.credential.unknown, export.*, policy.key-export, certificate.password-*, vault.*, file.*
 */
export async function exportCertificate(engine: Engine, { credential, thumbprint, ...file }: ExportRequest): Promise<CredentialRecord> {
  const record = engine.store.find(credential);
  const { id, name } = record;
  const meant = chosen(record, thumbprint);
  const withKey = file.format === 'pfx' || (file.keyPath ?? null) !== null;
  if (withKey) requireKeyExport(engine.policies);
  if (withKey && meant.holder === 'external') throw new Fault('export.key-elsewhere', { params: { name } });
  if (withKey) checkPassword(file);
  const certificate = readCertificate(Buffer.from(meant.der, 'base64'));
  const privateKey = withKey ? await engine.secrets.load({ credentialId: id, thumbprint: certificate.thumbprint }) : null;
  if (withKey && privateKey === null) throw new Fault('vault.key-missing', { params: { name } });
  if (withKey) {
    engine.store.change(id, (current) => {
      // It may have been removed since it was read, with its key.
      if (certificateNamed(current, meant.thumbprint) === null) throw new Fault('store.changed', { params: { name } });
      requireNotGoing(engine, current, meant.thumbprint);
      recordAct(engine, current, 'export-key', meant.thumbprint, { path: file.keyPath ?? file.path });
      return withFacts(current, meant.thumbprint, { otherHolders: 'possible', usedHereOnly: false });
    });
  }
  const chain = (meant.chain ?? []).map((der) => Buffer.from(der, 'base64'));
  await writeCertificate({ ...file, certificate, privateKey, chain, name });
  engine.log.info('certificate.exported', { credential: id, format: file.format, withKey, thumbprint: meant.thumbprint });
  return present(engine, id, meant.thumbprint, 'exported');
}
