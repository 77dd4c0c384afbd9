import { expect, test } from 'vitest';
import { exchangeAppId, graphAppId, practice } from './world.ts';

test('a tenant has Microsoft Graph, Exchange Online, the sign-in client and the asked number of others', () => {
  const { tenant } = practice();
  expect(tenant.servicePrincipals.map(({ appId }) => appId).slice(0, 3)).toEqual([
    graphAppId,
    exchangeAppId,
    '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  ]);
  expect(tenant.servicePrincipals).toHaveLength(6);
  expect(new Set([...tenant.servicePrincipals, ...tenant.users].map(({ id }) => id)).size).toBe(
    tenant.servicePrincipals.length + tenant.users.length,
  );
});

test("roles and scopes carry Microsoft's ids", () => {
  const { tenant } = practice();
  const [graph, exchange] = tenant.servicePrincipals;
  const role = (principal: typeof graph, value: string) => principal?.appRoles?.find((candidate) => candidate.value === value)?.id;
  expect(role(graph, 'Directory.Read.All')).toBe('7ab1d382-f21e-4acd-a863-ba3e13f7da61');
  expect(role(exchange, 'full_access_as_app')).toBe('dc890d15-9560-4a4c-9b7f-a736ec74ec40');
  expect(graph?.oauth2PermissionScopes?.find(({ value }) => value === 'Application.ReadWrite.All')?.id).toBe(
    'bdfbf15f-ee85-4955-8675-146e8e5296b5',
  );
});

test('every account but the partner has a user; the guest is one; the policy is disabled', () => {
  const { tenant, person } = practice();
  expect(tenant.users.map(({ id }) => id)).not.toContain(person.partner);
  expect(tenant.users.find(({ id }) => id === person.guest)?.userType).toBe('Guest');
  expect(tenant.defaultAppManagementPolicy.isEnabled).toBe(false);
});
