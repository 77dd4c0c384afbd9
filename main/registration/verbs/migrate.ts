import type { CredentialRecord, Migration, MigrationState, MigrationStep } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { isUnconfirmed, profileReference, type ProfileReference } from '../../servers/index.ts';
import type { Engine, Run } from '../engine.ts';
import { usesEws } from '../ews.ts';
import { lossesToAccept, type LossToAccept } from '../ews-losses.ts';
import { movedAt, moving, openMigration, withHandover } from '../migration.ts';
import { register } from '../run/register.ts';
import type { Report } from '../run/report.ts';
import { verify } from './verify.ts';

export interface MigrateRequest {
  /** Id or name. */
  readonly credential: string;
  readonly to: ProfileReference & { readonly unconfirmed?: boolean };
  /** Counted with the new permission once it is there; null: none. */
  readonly mailbox: string | null;
  /** The administrator's word for one tenant: names of the profile that nobody has confirmed are to be tried. */
  readonly pilot: boolean;
  /** What the administrator gives up, of `acceptable`; a move begins with all that the tenant has, or that nobody has looked for there. */
  readonly losses: readonly string[];
  readonly planOnly: boolean;
}

export interface MigrationReport extends Report {
  /** What the move has come to. */
  readonly timeline: readonly MigrationStep[];
}

const timelineOf = ({ migration }: Pick<CredentialRecord, 'migration'>): readonly MigrationStep[] => migration?.timeline ?? [];

/** Records a step of the move that is open; another run may have recorded it. */
function reached(engine: Engine, id: string, state: MigrationState): CredentialRecord {
  return engine.store.change(id, (record) => {
    const open = withHandover(record);
    if (open === null) return null;
    return { migration: moving(open, state, engine.clock.now()) };
  });
}

/** What a move of this credential gives up, as far as its tenant is known: what is not known to be missing there. */
export const lossesOf = (
  { ewsLosses, clock }: Pick<Engine, 'ewsLosses' | 'clock'>,
  { tenantId }: Pick<CredentialRecord, 'tenantId'>,
  to: Pick<ProfileReference, 'permissions'>,
): LossToAccept[] => lossesToAccept(ewsLosses.of(tenantId), to, clock.now());

/** Nobody finds out afterwards what is archived no longer. @throws Fault('migrate.losses') */
function requireLosses(engine: Engine, record: CredentialRecord, { to, losses }: Pick<MigrateRequest, 'to' | 'losses'>): void {
  const open = lossesOf(engine, record, to).filter(({ loss }) => !losses.includes(loss));
  if (open.length === 0) return;
  const counted = (name: LossToAccept['loss']): string => {
    const found = open.find(({ loss }) => loss === name);
    return found === undefined ? '0' : (found.count?.toString() ?? '?');
  };
  const tenant = record.tenantName || record.tenantDomain || record.tenantId;
  throw new Fault('migrate.losses', {
    params: { tenant, archives: counted('archive-mailboxes'), folders: counted('public-folders'), imap: counted('imap-off') },
  });
}

function requireMovable({ to, pilot }: Pick<MigrateRequest, 'to' | 'pilot'>, record: CredentialRecord): void {
  const { name, profile } = record;
  const open = openMigration(record);
  if (open === null && !usesEws(profile)) throw new Fault('migrate.no-ews', { params: { name } });
  if (usesEws(to)) throw new Fault('migrate.to-ews', { params: { profile: to.id } });
  if (open !== null && open.to.id !== to.id) throw new Fault('migrate.other-profile', { params: { name, profile: open.to.id } });
  if (!pilot && (to.unconfirmed === true || isUnconfirmed(to.id))) throw new Fault('migrate.unconfirmed', { params: { profile: to.id } });
}

/** What the credential moves from is kept before anything is written: nothing else knows the way back. */
function begin(engine: Engine, { id }: CredentialRecord, { to: { id: to, version }, losses }: MigrateRequest): CredentialRecord {
  return engine.store.change(id, (record) => {
    if (openMigration(record) !== null) return null;
    const migration: Migration = {
      from: profileReference(record.profile),
      to: { id: to, version },
      timeline: [{ state: 'begun', at: engine.clock.now().toISOString() }],
      losses: [...losses],
    };
    return { migration };
  });
}

const isPassed = ({ proof }: Report, ...names: readonly string[]): boolean =>
  proof?.checks.some(({ check, result }) => names.includes(check) && result === 'passed') === true;

/**
 * Moves a credential from EWS to another permission profile: its permissions are added beside the one for EWS, nothing is taken away,
 * and with a mailbox the new permission is proven. Then it is the administrator's turn: the server is told to use the new profile, and
 * `handover` says so. Idempotent: what is done is not done again.
 *
 * @throws Fault migrate.no-ews, migrate.to-ews, migrate.unconfirmed, migrate.losses, migrate.other-profile, and those of `register`
 *   and `verify`
 */
export async function migrate(engine: Engine, request: MigrateRequest, run: Run): Promise<MigrationReport> {
  const found = engine.store.find(request.credential);
  requireMovable(request, found);
  if (!request.planOnly && openMigration(found) === null) requireLosses(engine, found, request);
  if (found.custody === 'keyring') await engine.secrets.probe();
  const record = request.planOnly ? found : begin(engine, found, request);
  const registering = {
    record,
    wish: { profile: profileReference(request.to) },
    certificate: Promise.resolve(null),
    planOnly: request.planOnly,
  };
  const done = await register(engine, registering, run);
  if (request.planOnly) return { ...done, timeline: timelineOf(record) };
  if (isPassed(done, 'roles-granted')) reached(engine, record.id, 'granted');
  if (request.mailbox === null || found.custody === 'external') return { ...done, timeline: timelineOf(engine.store.find(record.id)) };
  const proven = await verify(engine, record.id, { signIn: false, mailbox: request.mailbox }, run);
  if (isPassed(proven, 'mail-read', 'imap')) reached(engine, record.id, 'proven');
  // What was changed stands in the first report, what it has come to in the second.
  return { ...proven, plan: done.plan, findings: done.findings, timeline: timelineOf(engine.store.find(record.id)) };
}

/** @throws Fault migrate.not-open */
function openOf(record: CredentialRecord): Migration {
  const open = withHandover(record);
  if (open === null) throw new Fault('migrate.not-open', { params: { name: record.name } });
  return open;
}

/**
 * Takes the permission for EWS away, the last step of a move, once the administrator has said that the server uses the new profile.
 *
 * @throws Fault migrate.not-open, migrate.not-handed-over, and those of `register`
 */
export async function finishMigration(engine: Engine, idOrName: string, planOnly: boolean, run: Run): Promise<MigrationReport> {
  const record = engine.store.find(idOrName);
  const open = openOf(record);
  const { name, profile } = record;
  if (profile.id !== open.to.id || movedAt(open, 'handed-over') === null)
    throw new Fault('migrate.not-handed-over', { params: { name, profile: open.to.id } });
  const outgoing = open.from.permissions.filter((permission) => usesEws({ permissions: [permission] }));
  let refused = false;
  const watching: Run = {
    ...run,
    onProgress: (event) => {
      if (event.kind === 'change' && event.planned.change.change === 'revoke-role' && event.outcome === 'refused') refused = true;
      run.onProgress(event);
    },
  };
  const done = await register(engine, { record, outgoing, certificate: Promise.resolve(null), planOnly }, watching);
  if (!planOnly && !refused) reached(engine, record.id, 'ews-removed');
  return { ...done, timeline: timelineOf(engine.store.find(record.id)) };
}

/**
 * Takes the move back, also after its last step: the profile before is the current one again, with its permission for EWS. What was
 * added stays in the tenant, and is told as a finding.
 *
 * @throws Fault migrate.not-open, and those of `register`
 */
export async function migrateBack(engine: Engine, idOrName: string, planOnly: boolean, run: Run): Promise<MigrationReport> {
  const record = engine.store.find(idOrName);
  const { migration } = record;
  if (migration === undefined || movedAt(migration, 'rolled-back') !== null)
    throw new Fault('migrate.not-open', { params: { name: record.name } });
  const registering = { record, wish: { profile: migration.from }, certificate: Promise.resolve(null), planOnly };
  const done = await register(engine, registering, run);
  if (!planOnly)
    engine.store.change(record.id, ({ migration: now }) =>
      now === undefined ? null : { migration: moving(now, 'rolled-back', engine.clock.now()) },
    );
  return { ...done, timeline: timelineOf(engine.store.find(record.id)) };
}
