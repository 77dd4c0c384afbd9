import { expect, test } from 'vitest';
import { seedLivedIn } from '../../../main/practice/graph/seed-lived-in.ts';
import { certificate, entry } from './certificates.ts';
import { exchangeAppId, fullAccess, list, practice, text } from './world.ts';

function livedIn() {
  const here = practice();
  seedLivedIn(here.tenant, () => here.world.newId());
  const [application] = list(here.get("/applications?$filter=displayName eq 'MailStore Server'").body);
  const principal = here.get(`/servicePrincipals(appId='${text(application, 'appId')}')`).body;
  return { ...here, url: `/applications/${text(application, 'id')}`, principalId: text(principal, 'id') };
}

/** All pages of a list, and how many there were. */
function pages({ get }: ReturnType<typeof livedIn>, url: string) {
  const found = [];
  let count = 0;
  for (let next = url; next !== ''; count += 1) {
    const { body } = get(next);
    found.push(...list(body));
    next = body['@odata.nextLink'] === undefined ? '' : text(body, '@odata.nextLink').replace('https://graph.microsoft.com/v1.0', '');
  }
  return { found, count };
}

/** Microsoft Graph, "Paging": a page of grants or assignments is 100 at most. */
test('grants and roles of our own come behind more than a page of others', () => {
  const here = livedIn();
  const { principalId } = here;
  const resourceId = here.principalOf(exchangeAppId);
  here.send('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, { principalId, resourceId, appRoleId: fullAccess });
  here.send('POST', '/oauth2PermissionGrants', {
    clientId: principalId,
    resourceId,
    consentType: 'AllPrincipals',
    scope: 'EWS.AccessAsUser.All',
  });
  const roles = pages(here, `/servicePrincipals/${principalId}/appRoleAssignments`);
  expect([roles.found.length, roles.count]).toEqual([151, 2]);
  expect(roles.found.findIndex((role) => text(role, 'appRoleId') === fullAccess)).toBe(150);
  const grants = pages(here, `/oauth2PermissionGrants?$filter=clientId eq '${principalId}'`);
  expect([grants.found.length, grants.count]).toEqual([151, 2]);
  expect(grants.found.findIndex((grant) => text(grant, 'consentType') === 'AllPrincipals')).toBe(150);
  expect(new Set(grants.found.map(({ principalId: person }) => person)).size).toBe(151);
});

test('its application has keys of other usage, secrets and a federated credential, and keeps them when a key is added', () => {
  const here = livedIn();
  const keys = () => list(here.get(`${here.url}?$select=keyCredentials`).body, 'keyCredentials');
  expect(keys().map(({ usage, type }) => [usage, type])).toEqual([
    ['Sign', 'X509CertAndPassword'],
    ['Verify', 'Symmetric'],
  ]);
  expect(list(here.get(here.url).body, 'passwordCredentials')).toHaveLength(2);
  expect(list(here.get(`${here.url}/federatedIdentityCredentials`).body)).toHaveLength(1);
  expect(here.send('PATCH', here.url, { keyCredentials: [...keys(), entry(certificate().key)] }).status).toBe(204);
  expect(keys()).toHaveLength(3);
  expect(list(here.get(here.url).body, 'passwordCredentials')).toHaveLength(2);
});
