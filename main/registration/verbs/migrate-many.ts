import { credentialView, type CredentialRecord, type CredentialView } from '../../credential/index.ts';
import { asFault, Fault } from '../../faults.ts';
import { isUnconfirmed } from '../../servers/index.ts';
import type { Engine, Run } from '../engine.ts';
import { usesEws } from '../ews.ts';
import type { LossToAccept } from '../ews-losses.ts';
import { movedAt, openMigration } from '../migration.ts';
import { lossesOf, migrate, type MigrateRequest, type MigrationReport } from './migrate.ts';

export type MigrationOutcome = { readonly report: MigrationReport } | { readonly credential: CredentialView; readonly fault: Fault };

/** Whether nothing is left to do but the administrator's word and the last step. */
const isGranted = (record: CredentialRecord): boolean => {
  const open = openMigration(record);
  return open !== null && movedAt(open, 'granted') !== null;
};

const isMoved = ({ migration, profile }: CredentialRecord): boolean =>
  migration !== undefined && movedAt(migration, 'rolled-back') === null && migration.to.id === profile.id;

/** How many credentials have another profile than the one with EWS that they had, and how many still have one with it. */
export function countMoved({ store }: Pick<Engine, 'store'>): { readonly moved: number; readonly left: number } {
  const records = store.list();
  return { moved: records.filter(isMoved).length, left: records.filter(({ profile }) => usesEws(profile)).length };
}

/** What one of many is to be moved to, and what the administrators have accepted for it. */
export interface WaveRequest extends Pick<MigrateRequest, 'to'> {
  /** Of `acceptable`, for the tenant of this credential. */
  readonly accepted: (record: CredentialRecord) => readonly string[];
}

/** A credential that waits for its move. */
export interface Waiting {
  readonly record: CredentialRecord;
  /** What the move gives up in its tenant; empty for one that has begun. */
  readonly losses: readonly LossToAccept[];
  /** Not all of it was accepted: a wave leaves it out. */
  readonly held: boolean;
}

/**
 * The credentials that a wave would move, in its order. Nothing is asked of anybody.
 *
 * @throws Fault migrate.unconfirmed, migrate.to-ews
 */
export function waitingForMove(engine: Engine, { to, accepted }: WaveRequest): Waiting[] {
  if (usesEws(to)) throw new Fault('migrate.to-ews', { params: { profile: to.id } });
  if (to.unconfirmed === true || isUnconfirmed(to.id)) throw new Fault('migrate.unconfirmed', { params: { profile: to.id } });
  return (
    engine.store
      .list()
      .filter((record) => (usesEws(record.profile) || openMigration(record) !== null) && !isGranted(record))
      // What failed in an earlier wave comes last: it would end this one before the others had their turn.
      .toSorted((one, other) => Number(openMigration(one) !== null) - Number(openMigration(other) !== null))
      .map((record) => {
        const losses = openMigration(record) === null ? lossesOf(engine, record, to) : [];
        return { record, losses, held: losses.some(({ loss }) => !accepted(record).includes(loss)) };
      })
  );
}

/**
 * Moves one credential after another, at most `limit` of them, each with a sign-in of its own: what is moved already is skipped, one
 * whose losses nobody has accepted is told and left out, and the first that fails ends the wave, because the next would most likely
 * fail as it did. Run again, it goes on with those that have not been tried.
 *
 * @throws Fault migrate.unconfirmed, migrate.to-ews; the reason of `run.signal` when it is aborted
 */
export async function migrateAll(
  engine: Engine,
  { limit, ...wave }: WaveRequest & { readonly limit: number },
  run: Run,
  onResult: (outcome: MigrationOutcome) => void,
): Promise<void> {
  const { to, accepted } = wave;
  let tried = 0;
  for (const { record, held } of waitingForMove(engine, wave)) {
    if (tried === limit) break;
    if (!held) tried += 1;
    try {
      const request = { credential: record.id, to, mailbox: null, pilot: false, losses: accepted(record), planOnly: false };
      const report = await migrate(engine, request, { ...run, tenant: record.tenantId });
      onResult({ report });
      if (report.proof?.ok !== true) break;
    } catch (error) {
      run.signal?.throwIfAborted();
      onResult({ credential: credentialView(record), fault: asFault(error) });
      if (!held) break;
    }
  }
}
