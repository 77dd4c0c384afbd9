import type { Log } from '../../log/index.ts';
import type { Texts } from '../../texts/index.ts';
import type { CredentialRecord } from '../index.ts';
import type { Candidate, CandidateFile, Problem } from './candidate.ts';
import type { TenantOf } from './tenants.ts';
import { validate, type KnownList, type Validated } from './validate.ts';

/** The list that candidates are added to. */
export interface TrackedList extends KnownList {
  readonly log: Log;
}

/**
 * Adds credentials that exist already, so that they are watched from now on. The good ones are stored in one go, or none
 * of them; what was refused is in the answer, each with its reason. Nobody signs in.
 *
 * @param signal ends it until they are stored
 * @throws Fault store.*, data.*, interrupted; input.name.taken when another process took a name in this very moment: nothing is stored
 */
export async function track(
  list: TrackedList,
  candidates: readonly Candidate[],
  tenantOf: TenantOf,
  signal?: AbortSignal,
): Promise<Validated[]> {
  const validated = await validate(list, candidates, tenantOf, signal);
  const records = validated.map((each) => each.record).filter((record): record is CredentialRecord => record !== null);
  list.store.insertAll(records);
  for (const record of records) list.log.info('credential.tracked', { credential: record.id, certificate: record.certificate !== null });
  return validated;
}

/** Why a candidate was refused and what to do, in one or two sentences; null where it was accepted. */
export function problemOf({ place, objections: [first] }: Validated, texts: Texts): Problem | null {
  if (first === undefined) return null;
  const { message, fix } = texts.faultText(first.fault);
  return { place, sentence: `${message} ${fix}` };
}

/** Those that were refused, as a file of the same kind: to be corrected and read again. */
export function refusedText(file: CandidateFile, validated: readonly Validated[], texts: Texts): string {
  return file.rejectedRows(validated.map((each) => problemOf(each, texts)).filter((problem): problem is Problem => problem !== null));
}
