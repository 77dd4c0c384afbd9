import { randomUUID } from 'node:crypto';
import { resourceAppIds } from '../../main/clouds/index.ts';
import type { World } from '../../main/practice/index.ts';
import { appName } from './verbs.ts';
import type { ServerKey } from './server.ts';

type Tenant = World['state']['tenants'][number];

/** What another administrator, or another product, adds to our registration and takes away again. */
export const otherKinds = ['key', 'symmetric key', 'secret', 'redirect URI', 'required permission', 'scope', 'role'] as const;
export type OtherKind = (typeof otherKinds)[number];

interface Entry {
  readonly kind: OtherKind;
  readonly what: string;
  readonly isThere: () => boolean;
  readonly takeAway: () => void;
}

/** The entries of others in our registration: what they have added and not taken away has to be there, whatever we do. */
export interface Others {
  /** False where nothing can be added now: there is no registration yet, or all of this kind is there. */
  readonly add: (kind: OtherKind) => boolean;
  /** Takes the oldest of this kind away; false where there is none. */
  readonly takeAway: (kind: OtherKind) => boolean;
  /** What is gone although nobody took it away, and what is back although somebody did. */
  readonly lost: () => string[];
  readonly counts: () => { readonly added: number; readonly taken: number };
}

const times = { startDateTime: '2024-02-01T00:00:00Z', endDateTime: '2034-02-01T00:00:00Z' };

function registrationIn(tenant: Tenant) {
  const application = tenant.applications.find(({ displayName }) => displayName === appName);
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === application?.appId);
  const graph = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.graph);
  return application === undefined || principal === undefined || graph === undefined ? null : { application, principal, graph };
}

/** Scopes and roles that no profile of ours asks for. */
const scopes = ['Organization.Read.All', 'User.Read.All', 'Directory.Read.All', 'Policy.Read.All'];
const roles = ['Calendars.Read', 'Contacts.Read', 'Domain.Read.All', 'Group.Read.All'];
const wordsOf = (scope: string | null | undefined): string[] => (scope ?? '').split(' ').filter((word) => word !== '');

export function othersIn(tenant: Tenant, certificates: readonly ServerKey[]): Others {
  const entries: Entry[] = [];
  let gone: Entry[] = [];
  let [added, taken] = [0, 0];
  const now = () => registrationIn(tenant);

  const key = (entry: Record<string, unknown>, kind: OtherKind): Entry => {
    const { keyId } = entry;
    const list = () => now()?.application.keyCredentials ?? [];
    list().push({ ...times, usage: 'Verify', ...entry });
    return {
      kind,
      what: String(keyId),
      isThere: () => list().some((each) => each.keyId === keyId),
      takeAway: () => void list().splice(0, Infinity, ...list().filter((each) => each.keyId !== keyId)),
    };
  };

  const make: Readonly<Record<OtherKind, (registration: NonNullable<ReturnType<typeof registrationIn>>) => Entry | null>> = {
    key: ({ application }) => {
      const present = new Set((application.keyCredentials ?? []).map((each) => each.customKeyIdentifier));
      const free = certificates.find(({ thumbprint }) => !present.has(thumbprint));
      if (free === undefined) return null;
      const der = Buffer.from(free.certificate.der).toString('base64');
      const entry = { keyId: randomUUID(), type: 'AsymmetricX509Cert', displayName: 'CN=somebody else', key: der };
      return key({ ...entry, customKeyIdentifier: free.thumbprint }, 'key');
    },
    'symmetric key': () =>
      key({ keyId: randomUUID(), type: 'Symmetric', displayName: 'Backup agent', key: null, customKeyIdentifier: null }, 'symmetric key'),
    secret: ({ application }) => {
      const keyId = randomUUID();
      const all = () => now()?.application.passwordCredentials ?? [];
      application.passwordCredentials = [
        ...all(),
        { ...times, customKeyIdentifier: null, displayName: 'Backup agent', hint: 'abc', keyId, secretText: 'secret of somebody else' },
      ];
      return {
        kind: 'secret',
        what: keyId,
        isThere: () => all().some((each) => each.keyId === keyId),
        takeAway: () => void all().splice(0, Infinity, ...all().filter((each) => each.keyId !== keyId)),
      };
    },
    'redirect URI': ({ application }) => {
      const uri = `https://other-${randomUUID()}.example.com/signin`;
      const all = () => now()?.application.web?.redirectUris ?? [];
      application.web = { ...application.web, redirectUris: [...all(), uri] };
      return {
        kind: 'redirect URI',
        what: uri,
        isThere: () => all().includes(uri),
        takeAway: () => void all().splice(0, Infinity, ...all().filter((each) => each !== uri)),
      };
    },
    'required permission': ({ application, graph }) => {
      const all = () => now()?.application.requiredResourceAccess ?? [];
      const isIn = (id: string | undefined) => all().some(({ resourceAccess }) => resourceAccess?.some((each) => each.id === id));
      const wanted = graph.oauth2PermissionScopes?.find(({ id, value }) => scopes.includes(value ?? '') && !isIn(id ?? ''));
      const id = wanted?.id;
      if (id === undefined) return null;
      const entry = all().find(({ resourceAppId }) => resourceAppId === resourceAppIds.graph);
      if (entry === undefined)
        application.requiredResourceAccess = [...all(), { resourceAppId: resourceAppIds.graph, resourceAccess: [{ id, type: 'Scope' }] }];
      else entry.resourceAccess = [...(entry.resourceAccess ?? []), { id, type: 'Scope' }];
      return {
        kind: 'required permission',
        what: wanted?.value ?? '',
        isThere: () => isIn(id),
        takeAway: () => {
          for (const each of all()) each.resourceAccess = (each.resourceAccess ?? []).filter((access) => access.id !== id);
        },
      };
    },
    scope: ({ principal, graph }) => {
      const grant = () =>
        tenant.oauth2PermissionGrants.find(
          ({ clientId, resourceId, consentType }) =>
            clientId === principal.id && resourceId === graph.id && consentType === 'AllPrincipals',
        );
      const word = scopes.find((each) => !wordsOf(grant()?.scope).includes(each));
      const there = grant();
      if (word === undefined || there === undefined) return null;
      there.scope = [...wordsOf(there.scope), word].join(' ');
      return {
        kind: 'scope',
        what: word,
        isThere: () => wordsOf(grant()?.scope).includes(word),
        takeAway: () => {
          const current = grant();
          if (current !== undefined)
            current.scope = wordsOf(current.scope)
              .filter((each) => each !== word)
              .join(' ');
        },
      };
    },
    role: ({ principal, graph }) => {
      const has = (roleId: string) =>
        tenant.appRoleAssignments.some(({ principalId, appRoleId }) => principalId === principal.id && appRoleId === roleId);
      const role = graph.appRoles?.find(({ id, value }) => roles.includes(value ?? '') && !has(id ?? ''));
      const roleId = role?.id;
      if (roleId === undefined) return null;
      tenant.appRoleAssignments.push({
        id: Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url'),
        appRoleId: roleId,
        createdDateTime: times.startDateTime,
        principalId: principal.id,
        principalType: 'ServicePrincipal',
        principalDisplayName: appName,
        resourceDisplayName: 'Microsoft Graph',
        resourceId: graph.id,
      });
      return {
        kind: 'role',
        what: role?.value ?? '',
        isThere: () => has(roleId),
        takeAway: () => {
          tenant.appRoleAssignments = tenant.appRoleAssignments.filter(
            ({ principalId, appRoleId }) => principalId !== principal.id || appRoleId !== roleId,
          );
        },
      };
    },
  };

  return {
    add: (kind) => {
      const registration = now();
      const entry = registration === null ? null : make[kind](registration);
      if (entry === null) return false;
      added += 1;
      entries.push(entry);
      // Added anew: nobody is to blame that it is there again.
      gone = gone.filter((each) => each.kind !== kind || each.what !== entry.what);
      return true;
    },
    takeAway: (kind) => {
      const entry = entries.find((each) => each.kind === kind);
      if (now() === null || entry === undefined || !entry.isThere()) return false;
      entry.takeAway();
      entries.splice(entries.indexOf(entry), 1);
      taken += 1;
      gone.push(entry);
      return true;
    },
    lost: () =>
      now() === null
        ? []
        : [
            ...entries.filter((each) => !each.isThere()).map(({ kind, what }) => `${kind} ${what} of somebody else is gone`),
            ...gone.filter((each) => each.isThere()).map(({ kind, what }) => `${kind} ${what} that somebody took away is back`),
          ],
    counts: () => ({ added, taken }),
  };
}
