import type { KeyObject } from 'node:crypto';
import { readPfxFile, readSignedCertificate, type Certificate, type ChainedCertificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import type { Engine } from '../../registration/operations/engine.ts';
import { storedCertificate } from '../../registration/operations/new-certificate.ts';
import type { CredentialRecord } from '../../vault/credential.ts';
import { save } from './save.ts';

export interface ImportRequest {
  /** Id or name. */
  readonly credential: string;
  readonly path: string;
  /** For a PFX; null for a certificate that was signed for our request. */
  readonly password: string | null;
}

/** The keys that a signed certificate may be for: the current one, then earlier ones, the latest first. */
async function ourKeys(engine: Engine, { id, certificate, earlierCertificates }: CredentialRecord): Promise<KeyObject[]> {
  const known = [...(certificate === null ? [] : [certificate]), ...earlierCertificates.toReversed()];
  const keys = await Promise.all(known.map(({ thumbprint }) => engine.secrets.load({ credentialId: id, thumbprint })));
  return keys.filter((key) => key !== null);
}

const has = ({ certificate, earlierCertificates }: CredentialRecord, { thumbprintSha256 }: Certificate): boolean =>
  [certificate, ...earlierCertificates].some((each) => each?.thumbprintSha256 === thumbprintSha256);

/** @throws Fault import.already-there, import.of-other-credential */
function refuseKnown(engine: Engine, record: CredentialRecord, certificate: Certificate): void {
  const { thumbprint } = certificate;
  if (has(record, certificate)) throw new Fault('import.already-there', { params: { name: record.name, thumbprint } });
  const other = engine.store.list().find((each) => each.id !== record.id && has(each, certificate));
  if (other !== undefined) throw new Fault('import.of-other-credential', { params: { other: other.name, thumbprint } });
}

async function read(engine: Engine, record: CredentialRecord, { path, password }: ImportRequest): Promise<ChainedCertificate & { readonly privateKey: KeyObject }> {
  const now = engine.clock.now();
  if (password !== null) return readPfxFile(path, password, now);
  const keys = await ourKeys(engine, record);
  if (keys.length === 0) throw new Fault('import.key-elsewhere', { params: { name: record.name } });
  return readSignedCertificate(path, keys, now);
}

/**
 * Gives a credential a certificate that was made or signed elsewhere, with its key in our custody. The one it had stays
 * among the earlier ones; nothing is published before the next `repair` or `connect`.
 *
 * @throws Fault input.credential.unknown, import.*, certificate.*, vault.*, lease.held
 */
export async function importCertificate(engine: Engine, request: ImportRequest): Promise<CredentialRecord> {
  const record = engine.store.find(request.credential);
  await engine.secrets.probe();
  const { certificate, chain, privateKey } = await read(engine, record, request);
  refuseKnown(engine, record, certificate);
  const above = chain.map((der) => Buffer.from(der).toString('base64'));
  const stored = { ...storedCertificate(certificate), ...(above.length === 0 ? {} : { chain: above }) };
  const { id, name, cloud, tenantId: tenant, clientId, redirectUri, profile } = record;
  const saved = await save(engine, { id, name, cloud, tenant, clientId, redirectUri, profile, custody: 'keyring', certificate: { stored, privateKey } });
  engine.log.info('certificate.imported', { credential: id, thumbprint: certificate.thumbprint, pfx: request.password !== null, chain: chain.length });
  return saved;
}
