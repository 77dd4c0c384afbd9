import { GraphFailure, type Directory } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import { clockParams } from '../../identity/clock-difference.ts';
import { keyProof } from '../../identity/key-proof.ts';
import { keyCredential } from '../apply/application-body.ts';
import { recordedWrite, type WriteRecord } from '../apply/recorded-write.ts';
import type { Change, PlannedChange } from '../change.ts';
import type { Clock } from '../../clock.ts';
import type { SigningKey } from './signing-key.ts';

export interface KeyWrites {
  readonly directory: Directory;
  readonly record: WriteRecord;
  readonly objectId: string;
  readonly signer: SigningKey;
  readonly clock: Clock;
}

/** Microsoft says one and the same to every proof that it does not take (public reports on addKey). */
function refusedProof(error: unknown, clock: Clock): unknown {
  if (!(error instanceof GraphFailure) || error.code !== 'Authentication_MissingOrMalformed') return error;
  const difference = error.serverTime === null ? null : clock.now().getTime() - error.serverTime.getTime();
  return new Fault('rotation.proof-refused', {
    params: { detail: error.message, ...clockParams(difference) },
    cause: error,
    correlationId: error.requestId,
  });
}

/**
 * No key credential has this keyId: removed before, or never known under it; the words are those of removePassword. It says
 * nothing of the certificate, which may stand there under another one.
 */
const isUnknownKeyId = (error: unknown): boolean =>
  error instanceof GraphFailure && error.kind === 'invalid' && /no \w* ?credentials? found/i.test(error.message);

/** What Microsoft answered to a change of one key credential. */
export interface KeyWritten {
  /** The keyId of a new one, which is Microsoft's choice; null where the answer says none, or nothing was added. */
  readonly keyId: string | null;
  /** False where there was nothing to remove under the keyId. */
  readonly found: boolean;
}

/**
 * Carries out one change of the key credentials with a key of the application's own, by a proof of possession: no other
 * entry is touched.
 *
 * @throws GraphFailure, Fault('rotation.proof-refused'), Fault('interrupted')
 */
export async function writeKey({ directory, record, objectId, signer, clock }: KeyWrites, planned: PlannedChange): Promise<KeyWritten> {
  const { change } = planned;
  const { privateKey, certificate } = signer;
  const proof = await keyProof({ objectId, thumbprint: certificate.thumbprint, privateKey, now: clock.now() });
  try {
    const keyId = await recordedWrite(record, [planned], objectId, () => request(directory, objectId, change, proof), { once: true });
    return { keyId, found: true };
  } catch (error) {
    if (change.change === 'remove-key-credential' && isUnknownKeyId(error)) return { keyId: null, found: false };
    throw refusedProof(error, clock);
  }
}

async function request(directory: Directory, objectId: string, change: Change, proof: string): Promise<string | null> {
  if (change.change === 'add-key-credential') {
    const { keyId: _ours, ...entry } = keyCredential(change.certificate);
    return (await directory.addKey(objectId, entry, proof)).keyId ?? null;
  }
  if (change.change !== 'remove-key-credential') throw new Error(`${change.change} needs an administrator`);
  await directory.removeKey(objectId, change.keyId, proof);
  return null;
}
