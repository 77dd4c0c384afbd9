import { handoverOf, type CredentialRecord, type Migration, type MigrationState } from '../credential/index.ts';
import { readsMail, serverById, type Profile } from '../servers/index.ts';
import { usesEws } from './ews.ts';

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

/** Whether a server that archives through EWS can do so with this profile instead. */
const isTarget = (profile: Pick<Profile, 'permissions'>): boolean => readsMail(profile) && !usesEws(profile);

/** The profiles of its server software that a credential could move to, the one to offer first in front. */
export const moveTargets = ({ server }: Pick<CredentialRecord, 'server'>): Profile[] =>
  (serverById(server.id)?.profiles ?? []).filter(isTarget);

/** The same with those that the administrator keeps: nobody else knows for which software they are. */
export const allTargets = (record: Pick<CredentialRecord, 'server'>, own: readonly Profile[]): Profile[] => [
  ...moveTargets(record),
  ...own.filter(isTarget),
];

/** What is to be done next of a move: `begin` it, `grant` its permissions, hand it over, `finish` it; `nothing` at its end. */
export type MigrationNext = 'begin' | 'grant' | 'handover' | 'finish' | 'nothing';

/** Null where the credential does not use EWS, and never did here. */
export function nextOfMigration(record: CredentialRecord): MigrationNext | null {
  const { migration } = record;
  const open = withHandover(record);
  if (open === null) {
    if (usesEws(record.profile)) return 'begin';
    return migration === undefined || movedAt(migration, 'rolled-back') !== null ? null : 'nothing';
  }
  // While it is only begun, the credential may have its profile from before.
  if (record.profile.id !== open.to.id || movedAt(open, 'granted') === null) return 'grant';
  return movedAt(open, 'handed-over') === null ? 'handover' : 'finish';
}
