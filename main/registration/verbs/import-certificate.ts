import { X509Certificate, type KeyObject } from 'node:crypto';
import {
  readPemFiles,
  readPfxFile,
  readSignedCertificate,
  type Certificate,
  type CertificateWithKey,
  type PemFiles,
  type PfxReading,
} from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { requireKeySize } from '../../policies/index.ts';
import type { Engine, Run } from '../engine.ts';
import { newCertificate, type NewCertificate } from '../certificates/new-certificate.ts';
import { certificatesOf, type CredentialRecord, type Origin } from '../../credential/index.ts';
import { recordAct } from '../run/act.ts';
import { present } from './present.ts';
import { save } from './save.ts';

export interface ImportRequest {
  /** Id or name. */
  readonly credential: string;
  readonly path: string;
  /** For a PFX, or an encrypted key; null without one. */
  readonly password: string | null;
  /** `signed` for a request of ours; default: a PFX where there is a password. */
  readonly kind?: 'pfx' | 'signed' | 'pem';
  /** For `pem`: file of the key, where it is not in the same one. */
  readonly keyPath?: string | null;
  /** For a PFX: which of several keys, and when the reading is given up. */
  readonly reading?: PfxReading;
}

/** The keys that a signed certificate may be for: the current one, then earlier ones, the latest first. */
async function ourKeys(engine: Engine, { id, certificate, earlierCertificates }: CredentialRecord): Promise<KeyObject[]> {
  const known = [...(certificate === null ? [] : [certificate]), ...earlierCertificates.toReversed()];
  const keys = await Promise.all(known.map(({ thumbprint }) => engine.secrets.load({ credentialId: id, thumbprint })));
  return keys.filter((key) => key !== null);
}

const has = ({ certificate, earlierCertificates }: CredentialRecord, { thumbprintSha256 }: Certificate): boolean =>
  [certificate, ...earlierCertificates].some((each) => each?.thumbprintSha256 === thumbprintSha256);

/** Each credential has a key of its own. @throws Fault import.of-other-credential */
function refuseForeign(engine: Engine, id: string | undefined, certificate: Certificate): void {
  const other = engine.store.list().find((each) => each.id !== id && has(each, certificate));
  if (other !== undefined)
    throw new Fault('import.of-other-credential', { params: { other: other.name, thumbprint: certificate.thumbprint } });
}

/** Neither this credential's already, nor another's. @throws Fault import.already-there, import.of-other-credential */
export function refuseKnown(engine: Engine, record: CredentialRecord, certificate: Certificate): void {
  if (has(record, certificate))
    throw new Fault('import.already-there', { params: { name: record.name, thumbprint: certificate.thumbprint } });
  refuseForeign(engine, record.id, certificate);
}

/**
 * Certificate and key out of a PFX for a credential that `connect` is to make or to go on with.
 *
 * @param name of that credential
 * @throws Fault import.*, certificate.*, policy.key-size
 */
export async function certificateFromPfx(
  engine: Engine,
  name: string,
  path: string,
  password: string,
  reading: PfxReading = {},
): Promise<NewCertificate> {
  const found = await readPfxFile(path, password, engine.clock.now(), reading);
  refuseForeign(engine, engine.store.withName(name)?.id, found.certificate);
  requireKeySize(engine.policies, found.certificate.keySize);
  return newCertificate(found, 'key-imported');
}

/** Read and validated; nothing of it is stored yet. */
export type ImportedCertificate = CertificateWithKey;

function validated(engine: Engine, record: CredentialRecord | null, found: ImportedCertificate): ImportedCertificate {
  if (record === null) refuseForeign(engine, undefined, found.certificate);
  else refuseKnown(engine, record, found.certificate);
  requireKeySize(engine.policies, found.certificate.keySize);
  return found;
}

/**
 * Certificate, chain and key out of a PFX.
 *
 * @param record of the credential that is to get them; null where it is still to be made
 * @throws Fault import.*, certificate.*, policy.key-size
 */
export async function readPfxFor(
  engine: Engine,
  record: CredentialRecord | null,
  path: string,
  password: string,
  reading: PfxReading = {},
): Promise<ImportedCertificate> {
  return validated(engine, record, await readPfxFile(path, password, engine.clock.now(), reading));
}

/**
 * Certificate, chain and key out of one or two files in PEM.
 *
 * @param record of the credential that is to get them; null where it is still to be made
 * @throws Fault import.*, certificate.*, policy.key-size
 */
export async function readPemFor(
  engine: Engine,
  record: CredentialRecord | null,
  files: PemFiles,
  password: string | null,
): Promise<ImportedCertificate> {
  return validated(engine, record, await readPemFiles(files, password, engine.clock.now()));
}

/**
 * The certificate, with its chain, that was signed for a request of this credential.
 *
 * @throws Fault import.*, certificate.*, policy.key-size, vault.*
 */
export async function readSignedFor(engine: Engine, record: CredentialRecord, path: string): Promise<ImportedCertificate> {
  const keys = await ourKeys(engine, record);
  if (keys.length === 0) throw new Fault('import.key-elsewhere', { params: { name: record.name } });
  return validated(engine, record, await readSignedCertificate(path, keys, engine.clock.now()));
}

/** Of a certificate that was signed for a key that is here: made here, where all that is known of this key says so. */
export function originOfKey(record: CredentialRecord, { der }: Certificate): Origin {
  const key = publicKeyOf(der);
  const others = certificatesOf(record).filter((each) => publicKeyOf(Buffer.from(each.der, 'base64')).equals(key));
  return others.every(({ holder, otherHolders }) => holder === 'keyring' && otherHolders === 'none') ? 'made-here' : 'key-imported';
}

const publicKeyOf = (der: Uint8Array): Buffer => new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' });

/**
 * Gives a credential a certificate that was made or signed elsewhere, with its key in our custody. The one it had stays
 * among the earlier ones; nothing is published before the next `repair` or `connect`.
 *
 * @throws Fault input.credential.unknown, import.*, certificate.*, vault.*, lease.held
 */
export async function importCertificate(engine: Engine, request: ImportRequest, run: Run): Promise<CredentialRecord> {
  const record = engine.store.find(request.credential);
  await engine.secrets.probe();
  const { path, password, kind = password === null ? 'signed' : 'pfx', keyPath = null, reading = {} } = request;
  const found =
    kind === 'signed'
      ? await readSignedFor(engine, record, path)
      : kind === 'pem'
        ? await readPemFor(engine, record, { path, keyPath }, password)
        : await readPfxFor(engine, record, path, password ?? '', reading);
  const { thumbprint } = found.certificate;
  const origin = kind === 'signed' ? originOfKey(record, found.certificate) : 'key-imported';
  const { id, name, cloud, tenantId: tenant, clientId, redirectUri, server, profile } = record;
  const saved = await save(
    engine,
    {
      id,
      name,
      cloud,
      tenant,
      clientId,
      redirectUri,
      server,
      profile,
      custody: 'keyring',
      certificate: newCertificate(found, origin),
    },
    run,
  );
  present(engine, id, thumbprint, 'shown');
  recordAct(engine, saved, 'import-key', thumbprint, { pfx: kind === 'pfx' });
  engine.log.info('certificate.imported', { credential: id, thumbprint, kind, chain: found.chain.length });
  return saved;
}
