import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { chosenProfile, loadProfiles, profileById } from '../../../main/profiles/index.ts';
import { scratchFile } from '../certificates/samples.ts';

const values = (id: string) => profileById(id).permissions.map(({ resourceAppId, type, value }) => `${resourceAppId === resourceAppIds.graph ? 'Graph' : 'Exchange'} ${type} ${value}`);

describe('the shipped profiles', () => {
  it('are the guide’s, the one for Microsoft Graph and the one for the directory alone', () => {
    expect(loadProfiles().map((profile) => profile.id)).toEqual(['mailstore-guide', 'mailstore-graph', 'directory-only']);
    expect(values('mailstore-guide')).toEqual(['Graph Scope User.Read', 'Graph Role Directory.Read.All', 'Exchange Role full_access_as_app']);
    expect(values('directory-only')).toEqual(['Graph Scope User.Read', 'Graph Role Directory.Read.All']);
    expect(values('mailstore-graph').every((value) => value.startsWith('Graph'))).toBe(true);
    expect(profileById('mailstore-graph').unconfirmed).toBe(true);
  });

  it('are found by id only', () => {
    expect(() => profileById('mailstore')).toThrow(expect.objectContaining({ code: 'input.profile.unknown' }));
  });
});

describe('a profile file', () => {
  const good = { id: 'own', version: 1, permissions: [{ resourceAppId: resourceAppIds.graph, type: 'Role', value: 'Mail.Read', step: 'G17', why: 'reads mail' }] };

  it('is data of the same form', async () => {
    expect(await chosenProfile(scratchFile('own.json', JSON.stringify(good)))).toEqual({ ...good, unconfirmed: false });
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown property', JSON.stringify({ ...good, extra: 1 })],
    ['no permissions', JSON.stringify({ ...good, permissions: [] })],
    ['a permission twice', JSON.stringify({ ...good, permissions: [...good.permissions, ...good.permissions] })],
    ['a resource that is no GUID', JSON.stringify({ ...good, permissions: [{ ...good.permissions[0], resourceAppId: 'graph' }] })],
    ['a value with a blank', JSON.stringify({ ...good, permissions: [{ ...good.permissions[0], value: 'Mail Read' }] })],
  ])('with %s is refused', async (_name, text) => {
    await expect(chosenProfile(scratchFile('own.json', text))).rejects.toEqual(expect.objectContaining({ code: 'input.profile.invalid' }));
  });

  it('that is missing is refused', async () => {
    await expect(chosenProfile('/nowhere/own.json')).rejects.toEqual(expect.objectContaining({ code: 'input.profile.invalid' }));
  });
});
