import type { KeyObject } from 'node:crypto';
import { clouds } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { Connection, Engine, Run } from '../engine.ts';
import { reachedAt } from '../certificates/timeline.ts';

/** A certificate of ours that works now: its key, and a token for Microsoft Graph that was issued for it. */
export interface SigningKey {
  readonly certificate: StoredCertificate;
  readonly privateKey: KeyObject;
  readonly accessToken: string;
}

/** The certificates that may work, what works most likely first: one that is not published yet comes last. */
export function signers({ certificate, earlierCertificates, rotation }: CredentialRecord): StoredCertificate[] {
  const earlier = earlierCertificates.toReversed();
  if (certificate === null) return earlier;
  const unpublished = rotation !== null && rotation.to === certificate.thumbprint && reachedAt(rotation, 'published') === null;
  return unpublished ? [...earlier, certificate] : [certificate, ...earlier];
}

/** @throws Fault token.*, service.*, interrupted */
export async function tokenWith(
  connection: Connection,
  record: CredentialRecord,
  { thumbprintSha256 }: StoredCertificate,
  key: KeyObject,
  run: Run,
): Promise<string> {
  const { cloud, tenantId, clientId } = record;
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const request = { cloud: clouds[cloud], tenantId, clientId: clientId ?? '', thumbprintSha256, privateKey, resource: 'graph' as const };
  const { accessToken } = await connection.identity.appOnlyToken(run.signal ? { ...request, signal: run.signal } : request);
  return accessToken;
}

/** Whether a token is issued for the current certificate now. @throws Fault service.*, interrupted */
export async function isAccepted(engine: Engine, connection: Connection, record: CredentialRecord, run: Run): Promise<boolean> {
  const { certificate } = record;
  const privateKey =
    certificate === null ? null : await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
  if (certificate === null || privateKey === null) return false;
  try {
    await tokenWith(connection, record, certificate, privateKey, run);
    return true;
  } catch (error) {
    if (!(error instanceof Fault) || error.kind === 'unreachable') throw error;
    return false;
  }
}

/**
 * The first of these certificates that a token is issued for. Microsoft lets an application roll its keys only while one of
 * them is valid.
 *
 * When all have ended by the clock of this PC, Microsoft is asked all the same: the clock may be wrong, and then it says so.
 *
 * @throws Fault rotation.no-valid-certificate when all have ended, vault.key-missing when no key is here, token.* of the
 *   first one otherwise; service.* at once, because then nothing was learned
 */
export async function signingKey(
  engine: Engine,
  connection: Connection,
  record: CredentialRecord,
  candidates: readonly StoredCertificate[],
  run: Run,
): Promise<SigningKey> {
  const valid = candidates.filter(({ notAfter }) => Date.parse(notAfter) > engine.clock.now().getTime());
  const tried = valid.length === 0 ? candidates : valid;
  let refused: Fault | null = null;
  for (const certificate of tried) {
    const privateKey = await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
    if (privateKey === null) continue;
    try {
      return { certificate, privateKey, accessToken: await tokenWith(connection, record, certificate, privateKey, run) };
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === 'unreachable') throw error;
      refused ??= error;
    }
  }
  if (valid.length === 0 && refused?.code !== 'token.clock')
    throw new Fault('rotation.no-valid-certificate', { params: { name: record.name }, ...(refused === null ? {} : { cause: refused }) });
  throw refused ?? new Fault('vault.key-missing', { params: { name: record.name } });
}
