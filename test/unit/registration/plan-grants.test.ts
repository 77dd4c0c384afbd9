import { describe, expect, it } from 'vitest';
import { exchangeResource, graphResource, permissions } from './generated-tenant.ts';
import { changesIn, directoryGrant, exchangeGrant, planned, signInGrant } from './connected-tenant.ts';

it('is empty where everything is as desired', () => {
  expect(planned({})).toEqual({ changes: [], findings: [], obstacles: [] });
});

describe('application permissions', () => {
  const mailRead = graphResource.roles['Mail.Read'] ?? '';
  const reading = {
    permissions: [...permissions, { ...permissions[1], type: 'Role', resourceAppId: exchangeResource.appId, value: 'Mail.Read' }],
  } as const;
  const onGraph = { id: 'g3', appRoleId: mailRead, principalId: 'sp', resourceId: graphResource.servicePrincipalId };
  const grants = (roleGrants: Parameters<typeof changesIn>[0]['roleGrants']) =>
    changesIn({ roleGrants: roleGrants ?? [] }, reading as Parameters<typeof changesIn>[1]).filter(
      ({ change }) => change.change === 'grant-role',
    );

  it('are granted where they are missing', () => {
    expect(changesIn({ roleGrants: [exchangeGrant] })).toEqual([
      {
        change: {
          change: 'grant-role',
          resourceAppId: graphResource.appId,
          resourceId: graphResource.servicePrincipalId,
          roleId: directoryGrant.appRoleId,
          value: 'Directory.Read.All',
        },
        step: 'consent',
        removes: false,
      },
    ]);
  });

  it('that the resource does not offer are not granted, nor delegated ones of the same name', () => {
    const resource = { ...graphResource, roles: { 'User.Read': 'a role' } };
    expect(
      changesIn({
        resources: { [graphResource.appId]: resource, [exchangeResource.appId]: exchangeResource },
        roleGrants: [exchangeGrant],
      }),
    ).toEqual([]);
  });

  it('are not taken for granted because another resource has a role of the same id', () => {
    expect(grants([directoryGrant, exchangeGrant, onGraph])).toMatchObject([
      { change: { resourceId: exchangeResource.servicePrincipalId, roleId: mailRead, value: 'Mail.Read' } },
    ]);
    expect(grants([directoryGrant, exchangeGrant, { ...onGraph, resourceId: exchangeResource.servicePrincipalId }])).toEqual([]);
  });
});

describe('sign-in consent', () => {
  const graph = graphResource.servicePrincipalId;

  it('that a person gave for themselves alone is not consent for everybody, and is left alone', () => {
    const own = { ...signInGrant, id: 'own', consentType: 'Principal' };
    const consent = {
      change: {
        change: 'grant-scopes',
        resourceId: graph,
        scope: 'openid profile email User.Read',
        grantId: null,
        added: ['openid', 'profile', 'email', 'User.Read'],
      },
      step: 'consent',
      removes: false,
    };
    expect(changesIn({ delegatedGrants: [own] })).toEqual([consent]);
    expect(changesIn({ delegatedGrants: [] })).toEqual([consent]);
    expect(changesIn({ delegatedGrants: [own, signInGrant] })).toEqual([]);
  });

  it('for another resource is none for this one', () => {
    expect(changesIn({ delegatedGrants: [{ ...signInGrant, resourceId: 'elsewhere' }] })).toMatchObject([
      { change: { change: 'grant-scopes', grantId: null } },
    ]);
  });

  it('is extended by what is missing, and keeps what others had granted', () => {
    expect(changesIn({ delegatedGrants: [{ ...signInGrant, scope: ' Calendars.Read  openid User.Read' }] })).toEqual([
      {
        change: {
          change: 'grant-scopes',
          resourceId: graph,
          scope: 'Calendars.Read openid User.Read profile email',
          grantId: 'd1',
          added: ['profile', 'email'],
        },
        step: 'consent',
        removes: false,
      },
    ]);
  });

  it('is asked for where users sign in only: a delegated permission of the profile on Microsoft Graph', () => {
    expect(changesIn({ delegatedGrants: [] }, { permissions: permissions.filter(({ type }) => type === 'Role') })).toEqual([]);
    const elsewhere = permissions.map((each) => (each.type === 'Scope' ? { ...each, resourceAppId: exchangeResource.appId } : each));
    expect(changesIn({ delegatedGrants: [] }, { permissions: elsewhere })).toEqual([]);
    expect(changesIn({ delegatedGrants: [], resources: {} })).toEqual([]);
  });
});

describe('service principals', () => {
  it('of the application and of a resource are created where they are missing, the resource’s once', () => {
    expect(changesIn({ servicePrincipal: null, roleGrants: [], delegatedGrants: [] })[0]).toEqual({
      change: { change: 'create-service-principal', appId: '30000000-0000-4000-8000-000000000002' },
      step: 'registration',
      removes: false,
    });
    expect(changesIn({ servicePrincipal: null, application: null }).map(({ change }) => change)).toContainEqual({
      change: 'create-service-principal',
      appId: '',
    });
    const twice = [...permissions, { ...permissions[2], value: 'Mail.Read', step: 'permissions' }] as typeof permissions;
    const without = { [graphResource.appId]: graphResource, [exchangeResource.appId]: null };
    expect(changesIn({ resources: without, roleGrants: [directoryGrant] }, { permissions: twice })).toEqual([
      { change: { change: 'create-resource-service-principal', appId: exchangeResource.appId }, step: 'permissions', removes: false },
    ]);
  });

  it('of a resource belong to the permissions that need it', () => {
    const [scope, directory, full] = permissions;
    if (scope === undefined || directory === undefined || full === undefined) throw new Error('no permissions');
    const without = { [graphResource.appId]: null, [exchangeResource.appId]: null };
    const steps = changesIn({ resources: without, roleGrants: [] }, { permissions: [full, directory, scope] }).map(
      ({ change, step }) => `${step} ${change.change === 'create-resource-service-principal' ? change.appId : change.change}`,
    );
    expect(steps).toEqual([`permissions ${exchangeResource.appId}`, `permissions ${graphResource.appId}`]);
  });

  it('of a resource that nobody has looked for are not', () => {
    expect(changesIn({ resources: { [graphResource.appId]: graphResource }, roleGrants: [directoryGrant] })).toEqual([]);
  });
});
