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

/** The key credential is not there, so it has been removed; the words are those of removePassword. */
const isGone = (error: unknown): boolean =>
  error instanceof GraphFailure && error.kind === 'invalid' && /no \w* ?credentials? found/i.test(error.message);

/**
 * Carries out one change of the key credentials without an administrator, by a proof of possession. The keyId of a new one
 * is Microsoft's choice, and is returned; null where the answer says none.
 *
 * @throws GraphFailure, Fault('rotation.proof-refused'), Fault('interrupted')
 */
export async function writeKey({ directory, record, objectId, signer, clock }: KeyWrites, planned: PlannedChange): Promise<string | null> {
  const { change } = planned;
  const { privateKey, certificate } = signer;
  const proof = await keyProof({ objectId, thumbprint: certificate.thumbprint, privateKey, now: clock.now() });
  try {
    return await recordedWrite(record, [planned], objectId, () => request(directory, objectId, change, proof));
  } catch (error) {
    throw refusedProof(error, clock);
  }
}

async function request(directory: Directory, objectId: string, change: Change, proof: string): Promise<string | null> {
  if (change.change === 'add-key-credential') {
    const { keyId: _ours, ...entry } = keyCredential(change.certificate);
    return (await directory.addKey(objectId, entry, proof)).keyId ?? null;
  }
  if (change.change !== 'remove-key-credential') throw new Error(`${change.change} needs an administrator`);
  await directory.removeKey(objectId, change.keyId, proof).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
  return null;
}
