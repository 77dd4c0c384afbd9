import { z } from 'zod';
import type { AuditEntry } from '../../audit/index.ts';
import type { ChangeKind } from '../change.ts';
import type { Observed } from '../observed.ts';
import { writtenLately, type Written } from './lately.ts';

/** A part of a registration that Microsoft keeps, and replicates, as one object. */
export type Part = 'application' | 'service-principal' | `resource ${string}` | `role ${string}` | `scopes ${string}`;

/** As much of a view as was read. */
export type View = Pick<Observed, 'application'> &
  Partial<Pick<Observed, 'servicePrincipal' | 'resources' | 'roleGrants' | 'delegatedGrants'>>;

/** A change as the trail tells it; which fields it has, its kind says. */
const toldShape = z.looseObject({
  change: z.string(),
  keyId: z.string().default(''),
  thumbprint: z.string().nullish(),
  id: z.string().default(''),
  appId: z.string().default(''),
  added: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  resourceId: z.string().default(''),
  resourceAppId: z.string().default(''),
  roleId: z.string().default(''),
  assignmentId: z.string().default(''),
  value: z.string().default(''),
  servicePrincipalId: z.string().nullish(),
});
type Told = z.infer<typeof toldShape>;

interface Rule {
  /** @param target what the request was about, as the trail tells it */
  readonly part: (told: Told, target: string | null) => Part;
  /** Whether a view shows it of its part; true where this part was not looked at. */
  readonly shows: (told: Told, view: View, part: Part) => boolean;
}

const ofApplication = (shows: (told: Told, application: NonNullable<View['application']>) => boolean): Rule => ({
  part: () => 'application',
  shows: (told, { application }) => application !== null && shows(told, application),
});

const ofServicePrincipal = (shows: (principal: NonNullable<Observed['servicePrincipal']>, told: Told) => boolean): Rule => ({
  part: () => 'service-principal',
  shows: (told, { servicePrincipal: principal }) => principal === undefined || (principal !== null && shows(principal, told)),
});

const restoredApplication = ofApplication(() => true);
const restoredServicePrincipal = ofServicePrincipal(({ id }, { servicePrincipalId }) => id === servicePrincipalId);

const rules: Readonly<Record<ChangeKind, Rule>> = {
  'create-application': ofApplication(() => true),
  // Told by two requests, one for each of the two.
  'restore-application': {
    part: ({ servicePrincipalId }, target) => (target !== null && target === servicePrincipalId ? 'service-principal' : 'application'),
    shows: (told, view, part) => (part === 'service-principal' ? restoredServicePrincipal : restoredApplication).shows(told, view, part),
  },
  'delete-application': { part: () => 'application', shows: (_, { application }) => application === null },
  'require-permission': ofApplication(({ resourceAppId, id }, { required }) =>
    required.some((entry) => entry.resourceAppId === resourceAppId && entry.resourceAccess.some((access) => access.id === id)),
  ),
  'remove-permission': ofApplication(({ resourceAppId, id }, { required }) =>
    required.every((entry) => entry.resourceAppId !== resourceAppId || entry.resourceAccess.every((access) => access.id !== id)),
  ),
  'add-key-credential': ofApplication(({ thumbprint }, { keyCredentials }) => keyCredentials.some((key) => key.thumbprint === thumbprint)),
  'remove-key-credential': ofApplication(({ keyId }, { keyCredentials }) => keyCredentials.every(({ entry }) => entry.keyId !== keyId)),
  'set-redirect-uris': ofApplication(({ added }, { redirectUris }) => added.every((uri) => redirectUris.includes(uri))),
  'enable-id-tokens': ofApplication((_, { idTokens }) => idTokens),
  'disable-access-tokens': ofApplication((_, { accessTokens }) => !accessTokens),
  'clear-logout-url': ofApplication((_, { logoutUrl }) => !logoutUrl),
  'set-audience': ofApplication((_, { signInAudience }) => signInAudience === 'AzureADMyOrg'),
  'clear-public-client': ofApplication((_, { isFallbackPublicClient }) => !isFallbackPublicClient),
  'create-service-principal': ofServicePrincipal(() => true),
  'enable-service-principal': ofServicePrincipal(({ accountEnabled }) => accountEnabled),
  'clear-assignment-required': ofServicePrincipal(({ assignmentRequired }) => !assignmentRequired),
  'create-resource-service-principal': {
    part: ({ appId }) => `resource ${appId}`,
    shows: ({ appId }, { resources }) => resources?.[appId] !== null,
  },
  'grant-role': {
    part: ({ resourceId, value }) => `role ${resourceId} ${value}`,
    shows: ({ resourceId, roleId }, { roleGrants }) =>
      roleGrants === undefined || roleGrants.some((grant) => grant.resourceId === resourceId && grant.appRoleId === roleId),
  },
  'revoke-role': {
    part: ({ resourceId, value }) => `role ${resourceId} ${value}`,
    shows: ({ assignmentId }, { roleGrants }) => roleGrants === undefined || roleGrants.every(({ id }) => id !== assignmentId),
  },
  'grant-scopes': {
    part: ({ resourceId }) => `scopes ${resourceId}`,
    shows: ({ resourceId, added }, { delegatedGrants }) => {
      if (delegatedGrants === undefined) return true;
      const grants = delegatedGrants.filter((each) => each.resourceId === resourceId && each.consentType === 'AllPrincipals');
      const granted = new Set(grants.flatMap(({ scope }) => scope.split(' ')));
      return added.every((scope) => granted.has(scope));
    },
  },
};

const ruleByName: ReadonlyMap<string, Rule> = new Map(Object.entries(rules));
const ruleOf = ({ change }: Told): Rule | undefined => ruleByName.get(change);

function changesIn(detail: Readonly<Record<string, unknown>>): Told[] {
  const changes = z.array(z.unknown()).safeParse(detail['changes']);
  return (changes.data ?? []).flatMap((each) => toldShape.safeParse(each).data ?? []);
}

/** Which writes are looked for. */
export interface Writes extends Written {
  /** Also those whose answer never came: Microsoft may have carried them out. Without them, they leave open what is to be seen. */
  readonly uncertain?: boolean;
}

/** What a view has to show of each part: the changes of the last write to it. */
type Last = Map<Part, readonly Told[]>;

function changesByPart(changes: readonly Told[], target: string | null): Last {
  const parts: Last = new Map();
  for (const told of changes) {
    const part = ruleOf(told)?.part(told, target);
    if (part !== undefined) parts.set(part, [...(parts.get(part) ?? []), told]);
  }
  return parts;
}

/** The last write to each part, as far as the trail tells it. */
function lastWrites(entries: readonly AuditEntry[], uncertain: boolean): Last {
  let last: Last = new Map();
  const before = new Map<string, Last>();
  for (const { operation, target, phase, detail } of entries) {
    const changes = changesIn(detail);
    const write = JSON.stringify([operation, target, detail['changes']]);
    // With its application goes everything else.
    const all = changes.some(({ change }) => change === 'delete-application');
    const parts = changesByPart(changes, target);
    if (phase === 'intent') before.set(write, last);
    if (phase === 'failed') {
      const known = before.get(write) ?? new Map();
      for (const part of all ? new Set([...known.keys(), ...last.keys(), ...parts.keys()]) : parts.keys()) {
        const told = known.get(part);
        last = new Map(last);
        if (told === undefined) last.delete(part);
        else last.set(part, told);
      }
      continue;
    }
    last = new Map(all ? [] : last);
    for (const [part, told] of parts) {
      if (phase === 'done' || uncertain) last.set(part, told);
      else last.delete(part);
    }
  }
  return last;
}

/**
 * The parts of a registration of which this view comes from a replica that is behind: the last thing that was written to them from
 * here in the last minutes, and that Microsoft has confirmed, is not in it, not even in part. Each object is replicated as a
 * whole, so that a view with anything of the last write in it is newer than this write, and what else is missing there was taken
 * away by somebody. Where the last write was one single thing that somebody has undone within the window, it looks the same.
 *
 * Microsoft Entra, "Eventual consistency": a read may be answered by a replica that does not have the latest write yet.
 *
 * @param now by the clock that the trail is written by
 */
export function partsBehind({ uncertain = false, ...written }: Writes, now: Date, view: View): ReadonlySet<Part> {
  const last = lastWrites(writtenLately(written, now), uncertain);
  return new Set([...last].filter(([part, told]) => !told.some((each) => ruleOf(each)?.shows(each, view, part))).map(([part]) => part));
}
