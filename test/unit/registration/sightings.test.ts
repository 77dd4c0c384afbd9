import { expect, it } from 'vitest';
import { createSightings, entriesOfApplication, entriesOfGrant } from '../../../main/registration/apply/sightings.ts';
import { application, signInGrant } from './connected-tenant.ts';
import { exchangeResource, graphResource, ourKey } from './generated-tenant.ts';

function watched() {
  let now = 0;
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  return { sightings: createSightings(clock), pass: (seconds: number) => void (now += seconds * 1000) };
}

it('what an earlier look had and this one has not is missed for half a minute, and is gone then', () => {
  const { sightings, pass } = watched();
  sightings.note('application', ['key a', 'key b']);
  expect(sightings.agrees('application', ['key a', 'key b', 'key c'])).toBe(true);
  expect(sightings.agrees('application', ['key a', 'key b'])).toBe(false);
  pass(29);
  expect(sightings.agrees('application', ['key a', 'key b'])).toBe(false);
  pass(1);
  expect(sightings.agrees('application', ['key a', 'key b'])).toBe(true);
});

it.each([40, -40])('half a minute passes whoever sets the clock meanwhile: %s days', (days) => {
  const { sightings, pass } = watched();
  sightings.note('application', ['key a']);
  expect(sightings.agrees('application', [])).toBe(false);
  pass(days * 86_400);
  expect(sightings.agrees('application', [])).toBe(false);
  pass(30);
  expect(sightings.agrees('application', [])).toBe(true);
});

it('what comes back in between is missed anew', () => {
  const { sightings, pass } = watched();
  sightings.note('application', ['key a']);
  expect(sightings.agrees('application', [])).toBe(false);
  pass(20);
  expect(sightings.agrees('application', ['key a'])).toBe(true);
  pass(20);
  expect(sightings.agrees('application', [])).toBe(false);
  pass(20);
  expect(sightings.agrees('application', [])).toBe(false);
});

it('what was removed from here is not missed, and one list says nothing of another', () => {
  const { sightings } = watched();
  sightings.note('application', ['key a', 'uri b']);
  sightings.note('grant', ['scope grant openid']);
  const change = { change: 'remove-key-credential', keyId: 'a', displayName: '', ours: true, thumbprint: null } as const;
  sightings.removed([{ change, step: 'key-credential', removes: true }]);
  expect(sightings.agrees('application', ['uri b'])).toBe(true);
  expect(sightings.agrees('grant', [])).toBe(false);
});

it('what a request replaces is watched: key credentials, redirect URIs, permissions, and the scopes of a grant', () => {
  expect(entriesOfApplication({ ...application, redirectUris: ['https://x', 'https://y'] })).toEqual([
    `key ${ourKey.entry.keyId}`,
    'uri https://x',
    'uri https://y',
    `permission ${graphResource.appId} ${graphResource.scopes['User.Read']}`,
    `permission ${graphResource.appId} ${graphResource.roles['Directory.Read.All']}`,
    `permission ${exchangeResource.appId} ${exchangeResource.roles['full_access_as_app']}`,
  ]);
  expect(entriesOfGrant({ ...signInGrant, scope: ' openid  User.Read' })).toEqual(['scope d1 openid', 'scope d1 User.Read']);
  expect(entriesOfGrant({ ...signInGrant, scope: '' })).toEqual([]);
});
