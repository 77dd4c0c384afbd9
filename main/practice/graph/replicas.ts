import { kindOf } from '../random.ts';
import type { PracticeRequest, PracticeTenant, ReplicatedCollection, UnreplicatedChange, World } from '../world.ts';

/*
 * Updates are replicated too: a changed property, a role, a grant, a deletion or a restoration is not visible at once, and
 * two answers in a row can come from two replicas (Microsoft Entra, "Eventual consistency"; Microsoft Graph, "List
 * oAuth2PermissionGrants": delays "for delegated permission grants that were recently created, updated, or deleted").
 * Writes reach the writing replica, which knows everything; only reads see less.
 */

const collections = [
  'applications',
  'servicePrincipals',
  'deletedApplications',
  'deletedServicePrincipals',
  'appRoleAssignments',
  'oauth2PermissionGrants',
] as const satisfies readonly ReplicatedCollection[];

type Objects = readonly { readonly id: string }[];

/** What a tenant holds at one moment; handlers replace objects and never change one. */
export type Snapshot = Readonly<Record<ReplicatedCollection, Objects>>;

export const snapshotOf = (tenant: PracticeTenant): Snapshot => ({
  applications: tenant.applications,
  servicePrincipals: tenant.servicePrincipals,
  deletedApplications: tenant.deletedApplications,
  deletedServicePrincipals: tenant.deletedServicePrincipals,
  appRoleAssignments: tenant.appRoleAssignments,
  oauth2PermissionGrants: tenant.oauth2PermissionGrants,
});

const byId = (objects: Objects): ReadonlyMap<string, object> => new Map(objects.map((object) => [object.id, object]));

/** Call after a write with what was there before it: what differs now is not known everywhere yet. */
export function rememberChanges(before: Snapshot, tenant: PracticeTenant, world: World): void {
  const delay = world.knobs.updates;
  if (delay <= 0) return;
  const now = world.now().getTime();
  const times = { sometimesFrom: now + delay / 2, alwaysFrom: now + delay };
  const changes = collections.flatMap((collection) => {
    if (tenant[collection] === before[collection]) return [];
    const [old, current] = [byId(before[collection]), byId(tenant[collection])];
    return [...new Set([...old.keys(), ...current.keys()])]
      .filter((id) => old.get(id) !== current.get(id))
      .map((id): UnreplicatedChange => ({ collection, id, before: old.get(id) ?? null, ...times }));
  });
  if (changes.length === 0) return;
  tenant.unreplicated = [...pendingOf(tenant, now), ...changes];
  world.changed();
}

const pendingOf = ({ unreplicated = [] }: PracticeTenant, now: number): readonly UnreplicatedChange[] =>
  unreplicated.filter(({ alwaysFrom }) => alwaysFrom > now);

/** The objects as they were before this change. */
function undone(objects: Objects, { id, before }: UnreplicatedChange): Objects {
  const known = objects.some((object) => object.id === id);
  if (before === null) return objects.filter((object) => object.id !== id);
  const old = { ...before, id };
  return known ? objects.map((object) => (object.id === id ? old : object)) : [...objects, old];
}

/**
 * The tenant as the replica sees it that answers one read: without the changes that no other replica has yet, and by
 * chance with or without those that some have.
 */
export function replicaOf(tenant: PracticeTenant, request: PracticeRequest, world: World): PracticeTenant {
  const now = world.now().getTime();
  const pending = pendingOf(tenant, now);
  if (pending.length === 0) return tenant;
  const lagging = pending.some(({ sometimesFrom }) => sometimesFrom <= now) && world.chance(kindOf(request)) < 0.5;
  const behind = pending.filter(({ sometimesFrom }) => lagging || sometimesFrom > now).toReversed();
  const seen = (collection: ReplicatedCollection): Objects =>
    behind.filter((change) => change.collection === collection).reduce<Objects>(undone, tenant[collection]);
  return Object.assign({ ...tenant }, Object.fromEntries(collections.map((collection) => [collection, seen(collection)])));
}
