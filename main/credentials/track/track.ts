import type { Engine } from '../../registration/operations/engine.ts';
import type { Texts } from '../../texts/index.ts';
import type { CredentialRecord } from '../../vault/index.ts';
import type { Candidate, CandidateFile, Problem } from './candidate.ts';
import { judge, type Judged } from './judge.ts';
import type { TenantOf } from './tenants.ts';

/**
 * Adds credentials that exist already, so that they are watched from now on. The good ones are stored in one go, or none
 * of them; what was refused is in the answer, each with its reason. Nobody signs in.
 *
 * @throws Fault store.*, data.*; input.name.taken when another process took a name in this very moment: nothing is stored
 */
export async function track(
  engine: Pick<Engine, 'store' | 'clock' | 'log'>,
  candidates: readonly Candidate[],
  tenantOf: TenantOf,
): Promise<Judged[]> {
  const judged = await judge(engine, candidates, tenantOf);
  const records = judged.map((each) => each.record).filter((record): record is CredentialRecord => record !== null);
  engine.store.insertAll(records);
  for (const record of records) engine.log.info('credential.tracked', { credential: record.id, certificate: record.certificate !== null });
  return judged;
}

/** Why a candidate was refused and what to do, in one or two sentences; null where it was accepted. */
export function problemOf({ place, objections: [first] }: Judged, texts: Texts): Problem | null {
  if (first === undefined) return null;
  const { message, fix } = texts.faultText(first.fault);
  return { place, sentence: `${message} ${fix}` };
}

/** Those that were refused, as a file of the same kind: to be mended and read again. */
export function refusedText(file: CandidateFile, judged: readonly Judged[], texts: Texts): string {
  return file.mend(judged.map((each) => problemOf(each, texts)).filter((problem): problem is Problem => problem !== null));
}
