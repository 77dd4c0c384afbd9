import type { AuditEntry, AuditTrail } from '../../audit/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import { createBackoff } from '../backoff.ts';
import type { Connection, Engine, Run } from '../engine.ts';
import { tokenWith } from './signing-key.ts';

/** How long a run waits for Microsoft to refuse a removed key, in milliseconds; what is still accepted then, a later run looks at. */
const refusalLimit = 30_000;

/** What a token request with a removed key says; `unknown` where nobody answered, or the answer is about something else. */
type KeyAnswer = 'refused' | 'ended' | 'accepted' | 'unknown';

async function answerTo(
  connection: Connection,
  record: CredentialRecord,
  certificate: StoredCertificate,
  key: Key,
  run: Run,
): Promise<KeyAnswer> {
  try {
    await tokenWith(connection, record, certificate, key, run);
    return 'accepted';
  } catch (error) {
    run.signal?.throwIfAborted();
    if (!(error instanceof Fault)) throw error;
    if (error.code === 'token.key-not-found') return 'refused';
    return error.code === 'token.key-expired' ? 'ended' : 'unknown';
  }
}

type Key = Parameters<typeof tokenWith>[3];

export interface Removals {
  /** A read shows them no more, and Microsoft refuses their keys where those are ours. */
  readonly proven: readonly StoredCertificate[];
  /** Microsoft still accepts their keys, or nobody can tell. */
  readonly open: readonly StoredCertificate[];
}

export interface RemovalProof {
  /** Whether a read of the application shows that they are gone; without it a refused token request has to. */
  readonly seen: boolean;
  /** Ask until a key is refused, for half a minute at most; or once. */
  readonly waits: boolean;
}

/**
 * Tells which of these certificates are proven to be removed: a removed key may work for some minutes.
 *
 * @throws the faults of the keychain, Fault('interrupted')
 */
export async function provenRemovals(
  engine: Engine,
  connection: Connection,
  record: CredentialRecord,
  certificates: readonly StoredCertificate[],
  { seen, waits }: RemovalProof,
  run: Run,
): Promise<Removals> {
  const proven: StoredCertificate[] = [];
  let open = certificates;
  const backoff = createBackoff(engine.clock, { limit: refusalLimit });
  for (;;) {
    const left: StoredCertificate[] = [];
    for (const certificate of open) {
      const key = await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
      const answer = key === null ? null : await answerTo(connection, record, certificate, key, run);
      const isProven = answer === null ? seen : answer === 'refused' || (seen && answer === 'ended');
      (isProven ? proven : left).push(certificate);
    }
    open = left;
    const again = open.length > 0 && waits;
    if (!again || !(await backoff.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor: 'replication' }), run.signal)))
      return { proven, open };
  }
}

function removalsIn({ detail }: AuditEntry): string[] {
  const changes: unknown = detail['changes'];
  if (!Array.isArray(changes)) return [];
  return changes.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || Reflect.get(each, 'change') !== 'remove-key-credential') return [];
    return [Reflect.get(each, 'keyId'), Reflect.get(each, 'thumbprint')].filter((name): name is string => typeof name === 'string');
  });
}

export interface RemovalsBegun {
  /** keyIds and thumbprints of key credentials that Microsoft said it has removed. */
  readonly done: ReadonlySet<string>;
  /** Those and the ones whose answer never came. */
  readonly begun: ReadonlySet<string>;
}

/** What was removed from here, as the trail tells it; what Microsoft certainly refused is not among it. */
export function removalsBegun(trail: AuditTrail, credentialId: string): RemovalsBegun {
  const done = new Set<string>();
  const uncertain = new Set<string>();
  const intended = new Set<string>();
  for (const entry of trail.list({ credentialId }))
    for (const name of removalsIn(entry)) {
      if (entry.phase === 'intent') intended.add(name);
      else intended.delete(name);
      if (entry.phase === 'done') done.add(name);
      if (entry.phase === 'uncertain') uncertain.add(name);
    }
  return { done, begun: new Set([...done, ...uncertain, ...intended]) };
}
