import type { Directory } from '../../directory/directory.ts';
import { GraphFailure } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import type { ChangeKind, PlannedChange } from '../change.ts';
import type { Observed, ObservedApplication } from '../observed.ts';
import { applicationBody } from './application-body.ts';
import { recordedWrite, type WriteRecord } from './recorded-write.ts';

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
  readonly onIds: (ids: Partial<RegistrationIds>) => void;
  readonly onDone: (changes: readonly PlannedChange[]) => void;
  /** Consent that this administrator may not give: noted, and the rest goes on. */
  readonly onRefused: (change: PlannedChange) => void;
}

const applicationKinds: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'create-application',
  'require-permission',
  'add-key-credential',
  'remove-key-credential',
  'set-redirect-uris',
  'enable-id-tokens',
  'disable-access-tokens',
  'clear-logout-url',
  'set-audience',
  'clear-public-client',
]);

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
  const known = observed.application;
  if (known !== null && changes.length > 0) {
    const current = await run.readApplication(known.objectId);
    const body = applicationBody(
      changes.map((each) => each.change),
      current,
    );
    await recordedWrite(run.record, changes, known.objectId, () => run.directory.updateApplication(known.objectId, body));
    run.onDone(changes);
  }
  return {
    clientId: known?.clientId ?? null,
    objectId: known?.objectId ?? null,
    servicePrincipalId: observed.servicePrincipal?.id ?? null,
  };
}

/** One change outside the application object; ids that only now became known are filled in. */
async function writeOther(run: WriteRun, planned: PlannedChange, ids: RegistrationIds): Promise<Partial<RegistrationIds>> {
  const { directory } = run;
  const { change } = planned;
  const write = <T>(target: string, request: () => Promise<T>) => recordedWrite(run.record, [planned], target, request);
  const principalId = ids.servicePrincipalId ?? '';
  switch (change.change) {
    case 'restore-application':
      await write(change.objectId, () => directory.restoreDeletedItem(change.objectId));
      // Restoring an application does not restore its service principal (Microsoft Graph, "Restore deleted item").
      if (change.servicePrincipalId !== null) {
        const id = change.servicePrincipalId;
        await write(id, () => directory.restoreDeletedItem(id));
      }
      return {};
    case 'create-service-principal': {
      const appId = ids.clientId ?? change.appId; // never empty, see `writeChanges`
      // The tag that makes the portal list it under "Enterprise applications".
      const created = await write(appId, () => directory.createServicePrincipal(appId, ['WindowsAzureActiveDirectoryIntegratedApp']));
      return created?.id ? { servicePrincipalId: created.id } : {};
    }
    case 'create-resource-service-principal':
      await write(change.appId, () => directory.createServicePrincipal(change.appId)).catch((error: unknown) => {
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
      await write(principalId, () => directory.assignAppRole({ principalId, resourceId: change.resourceId, appRoleId: change.roleId }));
      return {};
    case 'revoke-role':
      await write(change.assignmentId, () => directory.removeAppRole(change.resourceId, change.assignmentId));
      return {};
    case 'grant-scopes': {
      const { grantId, resourceId, scope } = change;
      await write(principalId, async () =>
        grantId === null
          ? directory.createDelegatedGrant({ clientId: principalId, resourceId, consentType: 'AllPrincipals', scope })
          : directory.updateDelegatedGrant(grantId, scope),
      );
      return {};
    }
    default:
      throw new Error(`${change.change} is a change of the application object`);
  }
}

const consentKinds: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['grant-role', 'grant-scopes']);

async function writeOthers(run: WriteRun, changes: readonly PlannedChange[], ids: RegistrationIds): Promise<Partial<RegistrationIds>> {
  // All are waited for, so that no request is still running when a failure is looked into.
  const outcomes = await Promise.allSettled(changes.map(async (planned) => ({ planned, learned: await writeOther(run, planned, ids) })));
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
  let ids: RegistrationIds = {
    clientId: observed.application?.clientId ?? null,
    objectId: null,
    servicePrincipalId: observed.servicePrincipal?.id ?? null,
  };
  if (restore.length > 0) {
    await writeOthers(run, restore, ids);
    return;
  }
  const resources = of('create-resource-service-principal');
  if (resources.length > 0) await writeOthers(run, resources, ids);
  const application = changes.filter((each) => applicationKinds.has(each.change.change));
  if (application.length > 0) {
    ids = { ...ids, ...(await writeApplication(run, application, observed)) };
    if (ids.clientId === null) return; // an upsert answered 204: look at what is there first
  }
  const principal = of('create-service-principal');
  if (principal.length > 0) {
    // Made by this run or an earlier one, and not visible yet: which application it is has to be read first.
    if (ids.clientId === null) return;
    ids = { ...ids, ...(await writeOthers(run, principal, ids)) };
    if (ids.servicePrincipalId === null) return; // it was there already: its id has to be read
  }
  await writeOthers(run, of('enable-service-principal', 'clear-assignment-required', 'grant-role', 'revoke-role', 'grant-scopes'), ids);
}
