import type { DelegatedGrant, Directory } from '../../directory/directory.ts';
import { GraphFailure } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import type { ChangeKind, PlannedChange } from '../change.ts';
import type { Observed, ObservedApplication } from '../observed.ts';
import { applicationBody } from './application-body.ts';
import { isOfKeys, writeKeysAlone, type OwnKeys } from './own-keys.ts';
import { recordedWrite, type WriteRecord } from './recorded-write.ts';
import { replanned, StalePlan } from './stale-plan.ts';

/** Ids of the registration as they become known; reported at once, so that a crash loses none. */
export interface RegistrationIds {
  readonly clientId: string | null;
  readonly objectId: string | null;
  readonly servicePrincipalId: string | null;
}

export interface WriteRun {
  readonly directory: Directory;
  readonly record: WriteRecord;
  /** The application as it is right now: collections are merged into this, never into an older view. */
  readonly readApplication: (objectId: string) => Promise<ObservedApplication>;
  /** The application once its key credentials are others than these; null where they stay so for as long as reads may be behind. */
  readonly readOtherKeys: (seen: ObservedApplication) => Promise<ObservedApplication | null>;
  /** A grant of delegated permissions as it is right now; null where it is gone. */
  readonly readGrant: (id: string) => Promise<DelegatedGrant | null>;
  /** What is still to be done where the tenant holds this. */
  readonly planFor: (observed: Observed) => readonly PlannedChange[];
  /** Ids that this run has learned although reads may not show them yet. */
  readonly known: RegistrationIds;
  /** Writes single key credentials with a key of the application's own; null where no key gets a token. */
  readonly ownKeys: (changes: readonly PlannedChange[]) => Promise<OwnKeys | null>;
  readonly onIds: (ids: Partial<RegistrationIds>) => void;
  readonly onDone: (changes: readonly PlannedChange[]) => void;
  /** Consent that this administrator may not give: noted, and the rest goes on. */
  readonly onRefused: (change: PlannedChange) => void;
}

const applicationKinds: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'create-application',
  'require-permission',
  'remove-permission',
  'add-key-credential',
  'remove-key-credential',
  'set-redirect-uris',
  'enable-id-tokens',
  'disable-access-tokens',
  'clear-logout-url',
  'set-audience',
  'clear-public-client',
]);

const isOfApplication = ({ change }: PlannedChange): boolean => applicationKinds.has(change.change);

/** All changes of the application object in one request, creation by an upsert of its own (never inside `$batch`). */
async function writeApplication(run: WriteRun, changes: readonly PlannedChange[], observed: Observed): Promise<RegistrationIds> {
  const create = changes.find((each) => each.change.change === 'create-application')?.change;
  if (create?.change === 'create-application') {
    // A repeated upsert replaces collections. When one may have been executed before, it carries the name alone, so
    // that whatever anybody added meanwhile stays; the next plan brings the rest by read and merge.
    const repeated = run.record.trail.writesTo(run.record.credentialId).length > 0;
    const covered = repeated ? changes.filter((each) => each.change === create) : changes;
    const body = repeated
      ? { displayName: create.displayName }
      : applicationBody(
          changes.map((each) => each.change),
          null,
        );
    const created = await recordedWrite(run.record, covered, create.uniqueName, () =>
      run.directory.upsertApplication(create.uniqueName, body),
    );
    const ids = { clientId: created?.appId ?? null, objectId: created?.id ?? null, servicePrincipalId: null };
    if (created) run.onIds({ clientId: ids.clientId, objectId: ids.objectId });
    run.onDone(covered);
    return ids;
  }
  const { application } = observed;
  if (application !== null) await patchApplication(run, changes, observed, application);
  return run.known;
}

/**
 * Reads it again, and writes nothing where it is not what the plan was made for. Between this look and the request that replaces
 * a list nothing else is asked: a key that may write alone is found before, and what it has written is looked at anew.
 *
 * @throws StalePlan
 */
async function patchApplication(
  run: WriteRun,
  changes: readonly PlannedChange[],
  observed: Observed,
  { objectId }: ObservedApplication,
): Promise<void> {
  const look = async () => {
    const current = await run.readApplication(objectId);
    const seen = { ...observed, application: current };
    return { current, fresh: replanned(changes, run.planFor(seen).filter(isOfApplication), seen) };
  };
  const keys = changes.filter(isOfKeys);
  const own = keys.length === 0 ? null : await run.ownKeys(keys);
  let { current, fresh } = await look();
  if (own !== null) {
    if (await writeKeysAlone(run, own, fresh, objectId)) return;
    ({ current, fresh } = await look());
  }
  const body = applicationBody(
    fresh.map((each) => each.change),
    current,
  );
  try {
    await recordedWrite(run.record, fresh, objectId, () => run.directory.updateApplication(objectId, body));
  } catch (error) {
    // An entry that somebody has removed cannot be sent back as it was read: it has no key any more.
    const sentBack = body.keyCredentials?.some(({ key }) => key === null) === true;
    const now = sentBack && error instanceof GraphFailure && error.kind === 'invalid' ? await run.readOtherKeys(current) : null;
    throw now === null ? error : new StalePlan({ ...observed, application: now });
  }
  run.onDone(fresh);
}

/** PATCH replaces all scopes of a grant, so it is read directly before; what others added meanwhile stays. @throws StalePlan */
async function freshScopes(run: WriteRun, planned: PlannedChange, grantId: string, observed: Observed): Promise<string> {
  const grant = await run.readGrant(grantId);
  const others = observed.delegatedGrants.filter(({ id }) => id !== grantId);
  const seen = { ...observed, delegatedGrants: grant === null ? others : [...others, grant] };
  const [fresh] = replanned(
    [planned],
    run.planFor(seen).filter(({ change }) => change.change === 'grant-scopes'),
    seen,
  );
  if (fresh?.change.change !== 'grant-scopes') throw new StalePlan(seen);
  return fresh.change.scope;
}

/** One change outside the application object; ids that only now became known are filled in. */
async function writeOther(
  run: WriteRun,
  planned: PlannedChange,
  ids: RegistrationIds,
  observed: Observed,
): Promise<Partial<RegistrationIds>> {
  const { directory } = run;
  const { change } = planned;
  const write = <T>(target: string, request: () => Promise<T>) => recordedWrite(run.record, [planned], target, request);
  const writeOnce = <T>(target: string, request: () => Promise<T>) => recordedWrite(run.record, [planned], target, request, { once: true });
  const principalId = ids.servicePrincipalId ?? '';
  switch (change.change) {
    case 'restore-application':
      await write(change.objectId, () => directory.restoreDeletedItem(change.objectId));
      // Restoring an application does not restore its service principal (Microsoft Graph, "Restore deleted item").
      if (change.servicePrincipalId !== null) {
        const id = change.servicePrincipalId;
        await write(id, () => directory.restoreDeletedItem(id)).catch((error: unknown) => {
          // Somebody deleted it for good: the next plan makes another.
          if (!(error instanceof GraphFailure) || error.kind !== 'not-found') throw error;
        });
      }
      return {};
    case 'create-service-principal': {
      const appId = ids.clientId ?? change.appId; // never empty, see `writeChanges`
      // The tag that makes the portal list it under "Enterprise applications".
      const created = await writeOnce(appId, () => directory.createServicePrincipal(appId, ['WindowsAzureActiveDirectoryIntegratedApp']));
      return created?.id ? { servicePrincipalId: created.id } : {};
    }
    case 'create-resource-service-principal':
      await writeOnce(change.appId, () => directory.createServicePrincipal(change.appId)).catch((error: unknown) => {
        const refused = error instanceof GraphFailure && ['invalid', 'not-found', 'not-replicated'].includes(error.kind);
        throw refused
          ? new Fault('registration.exchange-missing', { params: { detail: error.message }, cause: error, correlationId: error.requestId })
          : error;
      });
      return {};
    case 'enable-service-principal':
      await write(change.id, () => directory.updateServicePrincipal(change.id, { accountEnabled: true }));
      return {};
    case 'clear-assignment-required':
      await write(change.id, () => directory.updateServicePrincipal(change.id, { appRoleAssignmentRequired: false }));
      return {};
    case 'grant-role':
      await writeOnce(principalId, () => directory.assignAppRole({ principalId, resourceId: change.resourceId, appRoleId: change.roleId }));
      return {};
    case 'revoke-role':
      await write(change.assignmentId, () => directory.removeAppRole(change.resourceId, change.assignmentId)).catch((error: unknown) => {
        // Somebody revoked it meanwhile.
        if (!(error instanceof GraphFailure) || error.kind !== 'not-found') throw error;
      });
      return {};
    case 'grant-scopes': {
      const { grantId, resourceId, scope } = change;
      if (grantId === null)
        await writeOnce(principalId, () =>
          directory.createDelegatedGrant({ clientId: principalId, resourceId, consentType: 'AllPrincipals', scope }),
        );
      else {
        const all = await freshScopes(run, planned, grantId, observed);
        await write(principalId, () => directory.updateDelegatedGrant(grantId, all));
      }
      return {};
    }
    default:
      throw new Error(`${change.change} is a change of the application object`);
  }
}

const consentKinds: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['grant-role', 'grant-scopes']);

async function writeOthers(
  run: WriteRun,
  changes: readonly PlannedChange[],
  ids: RegistrationIds,
  observed: Observed,
): Promise<Partial<RegistrationIds>> {
  // All are waited for, so that no request is still running when a failure is looked into.
  const outcomes = await Promise.allSettled(
    changes.map(async (planned) => ({ planned, learned: await writeOther(run, planned, ids, observed) })),
  );
  let learned: Partial<RegistrationIds> = {};
  const failures: unknown[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const planned = changes[index];
    if (outcome.status === 'fulfilled') {
      learned = { ...learned, ...outcome.value.learned };
      run.onDone([outcome.value.planned]);
    } else if (
      planned &&
      consentKinds.has(planned.change.change) &&
      outcome.reason instanceof GraphFailure &&
      outcome.reason.kind === 'forbidden'
    ) {
      run.onRefused(planned);
    } else failures.push(outcome.reason);
  }
  if (Object.keys(learned).length > 0) run.onIds(learned);
  if (failures.length > 0) throw failures[0];
  return learned;
}

/**
 * Carries out the changes in an order in which each finds what it needs: restore, resources, the application, its
 * service principal, then consent side by side. Stops after a step whose result the rest can only be planned on.
 *
 * @throws GraphFailure
 */
export async function writeChanges(run: WriteRun, changes: readonly PlannedChange[], observed: Observed): Promise<void> {
  const of = (...kinds: ChangeKind[]) => changes.filter((each) => kinds.includes(each.change.change));
  const restore = of('restore-application');
  let ids = run.known;
  if (restore.length > 0) {
    await writeOthers(run, restore, ids, observed);
    return;
  }
  const resources = of('create-resource-service-principal');
  if (resources.length > 0) await writeOthers(run, resources, ids, observed);
  const application = changes.filter(isOfApplication);
  if (application.length > 0) ids = await writeApplication(run, application, observed);
  // An upsert answered 204, or it was made and cannot be seen yet: what is there is looked at first.
  if (ids.clientId === null || ids.clientId === '') return;
  const principal = of('create-service-principal');
  // Where one has to be made, the one that was known is gone.
  if (principal.length > 0) ids = { ...ids, servicePrincipalId: null, ...(await writeOthers(run, principal, ids, observed)) };
  // It was there already, or is being looked for: its id has to be read.
  if (ids.servicePrincipalId === null) return;
  await writeOthers(
    run,
    of('enable-service-principal', 'clear-assignment-required', 'grant-role', 'revoke-role', 'grant-scopes'),
    ids,
    observed,
  );
}
