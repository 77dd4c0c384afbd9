import type { Check, CredentialRecord, Proof } from '../../credential/index.ts';
import type { Clock } from '../../clock.ts';
import type { ServerEvidence } from '../../mailstore/index.ts';
import { checks, serverChecks } from './checks/index.ts';
import { isDone, proofState } from './proof-state.ts';

/** What the server's word comes to, check by check; nobody else is asked. */
export function validateServer(record: CredentialRecord, server: ServerEvidence, clock: Clock): Check[] {
  return Object.entries(serverChecks)
    .filter(([, rule]) => rule.applies(record, true))
    .map(([check, rule]) => ({ check, ...rule.validate({ run: { record, clock }, server }) }));
}

const names = Object.keys(checks);

/**
 * The proof of a record with what its server says now. What the tenant showed stays as it was found, with its date; the date is new
 * where the server's own work proves the credential.
 *
 * @param word as `validateServer` found it
 * @returns null where there is no proof yet, and nothing that would make one
 */
export function withServerWord(record: CredentialRecord, word: readonly Check[], now: Date): Proof | null {
  const before = record.proof?.checks.filter(({ check }) => !word.some((each) => each.check === check)) ?? [];
  const all = [...before, ...word].toSorted((one, other) => names.indexOf(one.check) - names.indexOf(other.check));
  const works = word.some(({ check, result }) => check === 'server-archiving' && result === 'passed');
  const broken = word.some(({ result }) => result === 'failed');
  if (record.proof === null && !works && !broken) return null;
  const state = proofState(record, all, record.state === 'waiting-consent');
  const at = now.toISOString();
  const dated = all.map((check) => (word.includes(check) && check.result === 'passed' ? { ...check, passedAt: at } : check));
  return { ok: isDone(record, dated), state, checks: dated, at: works ? at : (record.proof?.at ?? at) };
}
