import { describe, expect, test } from 'vitest';
import { certificate, entry } from './certificates.ts';
import { exchangeAppId, fullAccess, graphAppId, list, practice, registered, text, type Answer } from './world.ts';

const delay = 20_000;

/** One answer of the replica that lags, one of the one that does not. */
const [lagging, current] = [0.1, 0.9];

/** A registration that is known everywhere; from now on updates take their time. */
function prepared() {
  const here = practice();
  const made = registered(here);
  Object.assign(here.world.knobs, { updates: delay });
  return { ...here, ...made, url: `/applications/${made.id}` };
}

type Prepared = ReturnType<typeof prepared>;

/**
 * What a read shows after a write: nothing of it in the first half of the delay, now this and now that in the second, and
 * all of it afterwards.
 */
function expectReplication(here: Prepared, write: () => Answer, read: () => unknown, after: unknown): void {
  const before = read();
  expect(before).not.toEqual(after);
  expect(write().status).toBeLessThan(300);
  here.byChance(current);
  expect(read()).toEqual(before);
  here.advance(delay / 2 - 1);
  expect(read()).toEqual(before);
  here.advance(1);
  for (const [chance, seen] of [
    [lagging, before],
    [current, after],
    [lagging, before],
  ] as const) {
    here.byChance(chance);
    expect(read()).toEqual(seen);
  }
  here.advance(delay / 2);
  expect([read(), read()]).toEqual([after, after]);
}

/** Microsoft Entra, "Eventual consistency"; Microsoft Graph, "List oAuth2PermissionGrants", on delays. */
describe('is not visible at once, and flickers', () => {
  test('a changed property, by id and in lists', () => {
    const here = prepared();
    const change = () => here.send('PATCH', here.url, { notes: 'changed' });
    expectReplication(here, change, () => here.get(`${here.url}?$select=notes`).body['notes'], 'changed');
    const again = prepared();
    const read = () => list(again.get('/applications?$select=notes').body);
    expectReplication(again, () => again.send('PATCH', again.url, { notes: 'changed' }), read, [{ notes: 'changed' }]);
  });

  test('a published key', () => {
    const here = prepared();
    const publish = () => here.send('PATCH', here.url, { keyCredentials: [entry(certificate().key)] });
    const read = () => list(here.get(`${here.url}?$select=keyCredentials`).body, 'keyCredentials').map(({ keyId }) => keyId);
    expectReplication(here, publish, read, [entry('')['keyId']]);
  });

  test('what a change of the application does to its service principal', () => {
    const here = prepared();
    const rename = () => here.send('PATCH', here.url, { displayName: 'Renamed' });
    expectReplication(here, rename, () => here.get(`/servicePrincipals/${here.principalId}`).body['displayName'], 'Renamed');
  });

  test('a role, granted and taken away', () => {
    const here = prepared();
    const resourceId = here.principalOf(exchangeAppId);
    const read = () => list(here.get(`/servicePrincipals/${here.principalId}/appRoleAssignments`).body).map(({ appRoleId }) => appRoleId);
    const body = { principalId: here.principalId, resourceId, appRoleId: fullAccess };
    expectReplication(here, () => here.send('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, body), read, [fullAccess]);
    const [id] = here.tenant.appRoleAssignments.map((assignment) => assignment.id);
    const remove = () => here.send('DELETE', `/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`, undefined);
    expectReplication(here, remove, read, []);
  });

  test('a delegated grant, created, changed and removed', () => {
    const here = prepared();
    const body = { clientId: here.principalId, resourceId: here.principalOf(graphAppId), consentType: 'AllPrincipals', scope: 'openid' };
    const read = () => list(here.get(`/oauth2PermissionGrants?$filter=clientId eq '${here.principalId}'&$select=scope`).body);
    expectReplication(here, () => here.send('POST', '/oauth2PermissionGrants', body), read, [{ scope: 'openid' }]);
    const url = `/oauth2PermissionGrants/${here.tenant.oauth2PermissionGrants[0]?.id}`;
    expectReplication(here, () => here.send('PATCH', url, { scope: 'email' }), read, [{ scope: 'email' }]);
    expectReplication(here, () => here.send('DELETE', url, undefined), read, []);
  });

  test('a deletion, a restoration and a purge', () => {
    const here = prepared();
    const read = () => [
      here.get(here.url).status,
      list(here.get('/directory/deletedItems/microsoft.graph.application?$select=id').body).length,
    ];
    const item = `/directory/deletedItems/${here.id}`;
    expectReplication(here, () => here.send('DELETE', here.url, undefined), read, [404, 1]);
    expectReplication(here, () => here.send('POST', `${item}/restore`, undefined), read, [200, 0]);
    expectReplication(here, () => here.send('DELETE', here.url, undefined), read, [404, 1]);
    expectReplication(here, () => here.send('DELETE', item, undefined), read, [404, 0]);
  });

  test('a new object', () => {
    const here = prepared();
    const read = () => list(here.get("/applications?$filter=displayName eq 'New'&$select=displayName").body);
    expectReplication(here, () => here.send('POST', '/applications', { displayName: 'New' }), read, [{ displayName: 'New' }]);
  });
});

test('writes meet what was written: nothing is lost to a replica that lags', () => {
  const here = prepared();
  expect(here.send('PATCH', here.url, { notes: 'first' }).status).toBe(204);
  expect(here.send('PATCH', here.url, { description: 'second' }).status).toBe(204);
  expect(here.get(`${here.url}?$select=notes,description`).body).toMatchObject({ notes: null, description: null });
  here.advance(delay);
  expect(here.get(`${here.url}?$select=notes,description`).body).toMatchObject({ notes: 'first', description: 'second' });
});

test('one change after another is seen in the order in which they were made', () => {
  const here = prepared();
  here.send('PATCH', here.url, { notes: 'first' });
  here.advance(delay / 2 - 1);
  here.send('PATCH', here.url, { notes: 'second' });
  here.advance(1);
  here.byChance(current);
  expect(here.get(here.url).body['notes']).toBe('first');
  here.advance(delay / 2 - 1);
  here.byChance(current);
  expect(here.get(here.url).body['notes']).toBe('second');
});

test('without the delay everything is seen at once, and nothing is remembered', () => {
  const here = practice();
  const { id } = registered(here);
  here.send('PATCH', `/applications/${id}`, { notes: 'changed' });
  expect(text(here.get(`/applications/${id}`).body, 'notes')).toBe('changed');
  expect(here.tenant.unreplicated).toBeUndefined();
});

test('what is known everywhere is forgotten with the next change', () => {
  const here = prepared();
  for (let count = 0; count < 3; count += 1) {
    here.send('PATCH', here.url, { notes: String(count) });
    here.advance(delay);
  }
  expect(here.tenant.unreplicated?.filter(({ collection }) => collection === 'applications')).toHaveLength(1);
});
