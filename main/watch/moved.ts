import { registrationKey, type CredentialRecord } from '../credential/index.ts';
import { datedChanges } from '../servers/index.ts';
import type { AskedAnswer } from './asked-servers.ts';

const dayMs = 86_400_000;
/** Days after the permission for EWS went in which a run that fails is taken for a consequence of that. */
const watchedDays = 30;
/** By how much the clock of a server may be behind and ahead of UTC at most (IANA time zones); milliseconds. */
const behindMs = 12 * 3_600_000;
const aheadMs = 14 * 3_600_000;

/** From when the server may have been archiving without EWS; null where it does not, or that was long ago. */
function movedAt({ migration }: CredentialRecord, now: Date): number | null {
  if (migration === undefined) return null;
  const at = (state: (typeof migration.timeline)[number]['state']) => {
    const step = migration.timeline.find((each) => each.state === state);
    return step === undefined ? null : Date.parse(step.at);
  };
  const [granted, removed] = [at('granted'), at('ews-removed')];
  if (granted === null || at('rolled-back') !== null) return null;
  return removed !== null && now.getTime() - removed > watchedDays * dayMs ? null : granted;
}

/** Once EWS is gone there is no way back to it. */
function isEwsGone(now: Date): boolean {
  const gone = datedChanges().find(({ id }) => id === 'ews-gone');
  return gone !== undefined && now.getTime() >= Date.parse(`${gone.date}T00:00:00Z`);
}

/**
 * Whether runs that fail since then may fail because the credential has moved away from EWS, so that going back may help.
 *
 * @param since in the server's own time, without a zone
 */
export function failsAfterMove(record: CredentialRecord, since: string, now: Date): boolean {
  const moved = movedAt(record, now);
  if (moved === null || isEwsGone(now)) return false;
  // Nobody knows the server's zone: what surely failed before is left out, and nothing else.
  const latest = Date.parse(`${since}Z`) + behindMs;
  return Number.isNaN(latest) || latest >= moved;
}

/** When the permission for EWS went; null while it is there, or is back. */
function ewsRemovedAt({ migration }: CredentialRecord): number | null {
  const removed = migration?.timeline.find(({ state }) => state === 'ews-removed');
  const back = migration?.timeline.some(({ state }) => state === 'rolled-back');
  return removed === undefined || back === true ? null : Date.parse(removed.at);
}

/**
 * The last run that surely archived without EWS, by what the servers said when they were asked last: in the server's own time, without
 * a zone. Null where none is known.
 */
export function lastRunWithoutEws(answers: readonly AskedAnswer[], records: readonly CredentialRecord[]): string | null {
  const removed = new Map(records.map((record) => [registrationKey(record), ewsRemovedAt(record)]));
  const times = answers.flatMap(({ archives }) =>
    archives.flatMap(({ credentials, runs: { lastArchived } }) => {
      // Which of several credentials a run used is not known.
      const [held, ...others] = credentials;
      const at = held === undefined || others.length > 0 ? null : (removed.get(registrationKey(held)) ?? null);
      return at === null || lastArchived === null || Date.parse(`${lastArchived}Z`) - aheadMs <= at ? [] : [lastArchived];
    }),
  );
  return times.toSorted().at(-1) ?? null;
}
