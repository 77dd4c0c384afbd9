import { expect, test } from 'vitest';
import { codes, lacking, list, practice, registered } from './world.ts';

test('the products of a tenant are told as documented, with no option but $select', () => {
  const here = practice();
  const [product] = list(here.get('/subscribedSkus').body);
  expect(product).toMatchObject({ skuPartNumber: 'O365_BUSINESS_ESSENTIALS', capabilityStatus: 'Enabled', accountId: here.tenant.id });
  expect(list(here.get('/subscribedSkus?$select=skuPartNumber,consumedUnits').body)).toEqual([
    { skuPartNumber: 'O365_BUSINESS_ESSENTIALS', consumedUnits: here.tenant.users.length },
  ]);
  expect(codes(here.get("/subscribedSkus?$filter=skuPartNumber eq 'x'"))).toEqual(lacking);
  expect(here.get('/subscribedSkus?$select=nothing').status).toBe(400);
});

test('owners of an application and of its service principal are people and service principals, each with what its type has', () => {
  const here = practice();
  const { id, appId, principalId } = registered(here);
  const [person] = here.tenant.users;
  const [software] = here.tenant.servicePrincipals;
  const application = here.tenant.applications.find((each) => each.id === id);
  if (application !== undefined) application.owners = [{ id: person?.id ?? '' }, { id: software?.id ?? '' }, { id: appId }];
  const select = '$select=id,displayName,userPrincipalName';
  const owners = list(here.get(`/applications(appId='${appId}')/owners?${select}`).body);
  expect(owners).toEqual([
    {
      '@odata.type': '#microsoft.graph.user',
      id: person?.id,
      displayName: person?.displayName,
      userPrincipalName: person?.userPrincipalName,
    },
    { '@odata.type': '#microsoft.graph.servicePrincipal', id: software?.id, displayName: software?.displayName },
  ]);
  expect(here.get(`/servicePrincipals/${principalId}/owners?${select}`).status).toBe(200);
  expect(here.get(`/servicePrincipals/${appId}/owners`).status).toBe(404);
  expect(codes(here.call(here.administrator, 'POST', `/applications/${id}/owners/$ref`, { body: {} }))).toEqual(lacking);
});

test('the last sign-in of a service principal is that of whichever credential came last, in beta and the global cloud alone', () => {
  const here = practice();
  const { id, appId } = registered(here);
  const application = here.tenant.applications.find((each) => each.id === id);
  const keyId = 'aaaaaaaa-0000-4000-8000-000000000001';
  if (application !== undefined) application.keyCredentials = [{ keyId }];
  here.tenant.credentialSignIns = { [keyId]: { at: '2026-11-20T08:00:00Z', requestId: 'r', resourceId: 'graph' } };
  const path = `/beta/reports/servicePrincipalSignInActivities?$filter=appId eq '${appId}'`;
  const last = () => list(here.get(path).body).map((row) => row['lastSignInActivity']);
  expect(last()).toEqual([{ lastSignInDateTime: '2026-11-20T08:00:00Z', lastSignInRequestId: 'r' }]);
  here.tenant.principalSignIns = { [appId]: { at: '2026-11-25T08:00:00Z', requestId: 's' } };
  expect(last()).toEqual([{ lastSignInDateTime: '2026-11-25T08:00:00Z', lastSignInRequestId: 's' }]);
  expect(codes(here.get('/reports/servicePrincipalSignInActivities'))).toEqual(lacking);
  const elsewhere = { headers: { 'x-practice-host': 'graph.microsoft.us' } };
  expect(here.call(here.administrator, 'GET', path, elsewhere).status).toBe(400);
  here.tenant.premium = false;
  expect(here.get(path).status).toBe(403);
});
