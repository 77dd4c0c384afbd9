import type { Application } from '@microsoft/microsoft-graph-types';
import type { AppRoleAssignment, DelegatedGrant, Directory, ReadAnswer } from '../../../main/directory/directory.ts';
import type { ObservedResource } from '../../../main/registration/observed.ts';
import { at, exchangeResource, graphResource } from './generated-tenant.ts';
import { failure } from './writes.ts';

type Body = Readonly<Record<string, unknown>>;

/** What Microsoft Graph keeps of one registration, as it answers it; plain objects, with no rule of Microsoft's but that PATCH replaces. */
export interface FakeTenant {
  application: (Body & { readonly id: string; readonly appId: string }) | null;
  principal: Body | null;
  roleGrants: AppRoleAssignment[];
  delegatedGrants: DelegatedGrant[];
  resources: Readonly<Record<string, ObservedResource | null>>;
  /** In the recycle bin. */
  deleted: { readonly application: Body & { readonly id: string; readonly appId: string }; readonly principal: Body | null } | null;
}

export const emptyTenant = (): FakeTenant => ({
  application: null,
  principal: null,
  roleGrants: [],
  delegatedGrants: [],
  resources: { [graphResource.appId]: graphResource, [exchangeResource.appId]: exchangeResource },
  deleted: null,
});

const resourceBody = ({ appId, servicePrincipalId, displayName, roles, scopes }: ObservedResource): Body => ({
  id: servicePrincipalId,
  appId,
  displayName,
  appRoles: Object.entries(roles).map(([value, id]) => ({ id, value, allowedMemberTypes: ['Application'] })),
  oauth2PermissionScopes: Object.entries(scopes).map(([value, id]) => ({ id, value })),
});

function answerTo(tenant: FakeTenant, name: string): Body | null {
  if (name.startsWith('resource ')) {
    const resource = tenant.resources[name.slice('resource '.length)] ?? null;
    return resource === null ? null : resourceBody(resource);
  }
  const list = (...value: (Body | null)[]) => ({ value: value.filter((each) => each !== null) });
  const answers: Readonly<Record<string, Body | null>> = {
    organization: list({ id: 't', displayName: 'Contoso', verifiedDomains: [{ name: 'contoso.example', isDefault: true }] }),
    policy: { id: 'p', displayName: 'Default', isEnabled: false },
    applicationPolicy: list(),
    sameName: list(),
    application: tenant.application,
    principal: tenant.principal,
    deleted: list(tenant.deleted?.application ?? null),
    deletedPrincipal: list(tenant.deleted?.principal ?? null),
    roleGrants: { value: tenant.roleGrants },
    delegatedGrants: { value: tenant.delegatedGrants },
  };
  return answers[name] ?? null;
}

const merged = (before: Body, patch: Application): Body => {
  const keys = (before['keyCredentials'] ?? []) as readonly { keyId: string; key: string }[];
  const stored = new Map(keys.map(({ keyId, key }) => [keyId, key]));
  return {
    ...before,
    ...patch,
    web: { ...(before['web'] as object), ...patch.web },
    ...(patch.keyCredentials
      ? { keyCredentials: patch.keyCredentials.map((entry) => ({ ...entry, key: entry.key ?? stored.get(entry.keyId ?? '') })) }
      : {}),
  };
};

/** The tenant as one administrator sees it: every write is seen by the next read. */
export function fakeDirectory(tenant: FakeTenant): Directory {
  let count = 0;
  const newId = () => `n0000000-0000-4000-8000-00000000000${(count += 1)}`;
  const refused = () => Promise.reject(new Error('nobody asks for this'));
  return {
    read: async <T>(path: string) => {
      const grant = tenant.delegatedGrants.find(({ id }) => path.endsWith(`/${id}`));
      const body = path.startsWith('/applications/') ? tenant.application : (grant ?? null);
      if (body === null) throw failure('not-found', 404);
      return body as T;
    },
    readAll: refused,
    readBatch: async (paths) => {
      const answers = Object.keys(paths).map((name): [string, ReadAnswer<unknown>] => {
        const value = answerTo(tenant, name);
        return [name, value === null ? { ok: false, failure: failure('not-found', 404) } : { ok: true, value }];
      });
      return Object.fromEntries(answers) as never;
    },
    upsertApplication: async (uniqueName, body) => {
      if (tenant.application !== null) {
        tenant.application = merged(tenant.application, body) as never;
        return null;
      }
      tenant.application = { id: 'object', appId: 'client', uniqueName, createdDateTime: at, web: {}, ...body } as never;
      return tenant.application;
    },
    updateApplication: async (_, body) => {
      tenant.application = merged(tenant.application ?? {}, body) as never;
    },
    deleteApplication: refused,
    addKey: refused,
    removeKey: refused,
    createServicePrincipal: async (appId) => {
      if (appId === 'client') {
        tenant.principal = { id: 'sp', appId };
        return { id: 'sp' };
      }
      tenant.resources = { ...tenant.resources, [appId]: exchangeResource };
      return { id: exchangeResource.servicePrincipalId };
    },
    updateServicePrincipal: async (_, body) => {
      tenant.principal = { ...tenant.principal, ...body };
    },
    assignAppRole: async (assignment) => {
      const grant = { id: newId(), ...assignment };
      tenant.roleGrants = [...tenant.roleGrants, grant];
      return grant;
    },
    removeAppRole: async (_, id) => {
      tenant.roleGrants = tenant.roleGrants.filter((grant) => grant.id !== id);
    },
    createDelegatedGrant: async (grant) => {
      const made = { id: newId(), ...grant };
      tenant.delegatedGrants = [...tenant.delegatedGrants, made];
      return made;
    },
    updateDelegatedGrant: async (id, scope) => {
      tenant.delegatedGrants = tenant.delegatedGrants.map((grant) => (grant.id === id ? { ...grant, scope } : grant));
    },
    deleteDelegatedGrant: async (id) => {
      tenant.delegatedGrants = tenant.delegatedGrants.filter((grant) => grant.id !== id);
    },
    restoreDeletedItem: async (id) => {
      if (tenant.deleted?.application.id === id) tenant.application = tenant.deleted.application;
      if (tenant.deleted?.principal?.['id'] === id) tenant.principal = tenant.deleted.principal;
    },
  };
}
