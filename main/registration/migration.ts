import { handoverOf, type CredentialRecord, type Migration, type MigrationState } from '../credential/index.ts';

/** ISO 8601 UTC; null while the move has not come there. */
export const movedAt = ({ timeline }: Migration, state: MigrationState): string | null =>
  timeline.find((step) => step.state === state)?.at ?? null;

/** The move with one more step; unchanged where it has it already. */
export const moving = (migration: Migration, state: MigrationState, now: Date): Migration =>
  movedAt(migration, state) === null ? { ...migration, timeline: [...migration.timeline, { state, at: now.toISOString() }] } : migration;

/**
 * The move that is under way; null where there is none, it has ended, or was taken back. While it is, the permission for EWS stands
 * beside the new ones, and a run of the server that succeeds says nothing about the new ones.
 */
export function openMigration({ migration }: Pick<CredentialRecord, 'migration'>): Migration | null {
  if (migration === undefined || movedAt(migration, 'ews-removed') !== null || movedAt(migration, 'rolled-back') !== null) return null;
  return migration;
}

/** Whether the server may still use EWS though the credential has another profile. */
export const isMoving = (record: Pick<CredentialRecord, 'migration' | 'profile'>): boolean =>
  openMigration(record)?.to.id === record.profile.id;

/** With the administrator's word that the server uses the new profile, which `handover` records with the certificate. */
export function withHandover(record: CredentialRecord): Migration | null {
  const open = openMigration(record);
  if (open === null) return null;
  const handover = handoverOf(record);
  // A word from before this move was about an earlier one, which was taken back.
  const begun = movedAt(open, 'begun') ?? '';
  if (handover === null || handover.profile.id !== open.to.id || handover.confirmedAt < begun) return open;
  return moving(open, 'handed-over', new Date(handover.confirmedAt));
}
