import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { chosenProfile, isUnconfirmed, loadProfiles, profileById, readProfileFile } from '../../../main/servers/index.ts';
import { scratchFile } from '../certificates/samples.ts';

const values = (id: string) =>
  profileById(id).permissions.map(
    ({ resourceAppId, type, value }) => `${resourceAppId === resourceAppIds.graph ? 'Graph' : 'Exchange'} ${type} ${value}`,
  );

describe('the shipped profiles', () => {
  it('are the guide’s, the one for Microsoft Graph and the one for the directory alone', () => {
    expect(loadProfiles().map((profile) => profile.id)).toEqual(
      expect.arrayContaining(['mailstore-guide', 'mailstore-graph', 'directory-only']),
    );
    expect(values('mailstore-guide')).toEqual([
      'Graph Scope User.Read',
      'Graph Role Directory.Read.All',
      'Exchange Role full_access_as_app',
    ]);
    expect(values('directory-only')).toEqual(['Graph Scope User.Read', 'Graph Role Directory.Read.All']);
    expect(values('mailstore-graph').every((value) => value.startsWith('Graph'))).toBe(true);
    expect(profileById('mailstore-graph').unconfirmed).toBe(true);
    expect(['mailstore-guide', 'mailstore-graph', 'own'].map(isUnconfirmed)).toEqual([false, true, false]);
  });

  it('are found by id only', () => {
    expect(() => profileById('mailstore')).toThrow(expect.objectContaining({ code: 'input.profile.unknown' }));
  });
});

describe('a profile file', () => {
  const good = {
    id: 'own',
    version: 1,
    permissions: [{ resourceAppId: resourceAppIds.graph, type: 'Role', value: 'Mail.Read', why: 'reads mail' }],
  };

  const read = {
    ...good,
    unconfirmed: false,
    checks: [],
    permissions: good.permissions.map((permission) => ({ ...permission, source: null, until: null })),
  };

  it('is data of the same form', async () => {
    expect(await chosenProfile(scratchFile('own.json', JSON.stringify(good)))).toEqual(read);
  });

  it('may be written by Windows PowerShell, with what profiles --json says besides', async () => {
    const permissions = good.permissions.map((permission) => ({ ...permission, source: null, until: null, step: 'G17' }));
    const copy = { ...good, permissions, name: 'Own', description: 'Mine', notices: ['…'], servers: ['x'] };
    const utf16 = Buffer.from(`\uFEFF${JSON.stringify(copy)}`, 'utf16le');
    expect(await chosenProfile(scratchFile('Own.JSON', utf16))).toEqual(read);
  });

  it('under the id of a shipped profile is refused', async () => {
    await expect(chosenProfile(scratchFile('own.json', JSON.stringify({ ...good, id: 'mailstore-guide' })))).rejects.toEqual(
      expect.objectContaining({ code: 'input.profile.id-taken' }),
    );
  });

  it.each([
    ['no JSON', '{'],
    ['too much in it', `"${'x'.repeat(300_000)}"`],
    ['an unknown property', JSON.stringify({ ...good, extra: 1 })],
    ['no permissions', JSON.stringify({ ...good, permissions: [] })],
    ['a permission twice', JSON.stringify({ ...good, permissions: [...good.permissions, ...good.permissions] })],
    ['a resource that is no GUID', JSON.stringify({ ...good, permissions: [{ ...good.permissions[0], resourceAppId: 'graph' }] })],
    ['a value with a blank', JSON.stringify({ ...good, permissions: [{ ...good.permissions[0], value: 'Mail Read' }] })],
  ])('with %s is refused', async (_name, text) => {
    await expect(chosenProfile(scratchFile('own.json', text))).rejects.toEqual(expect.objectContaining({ code: 'input.profile.invalid' }));
  });

  it('that is a folder is refused', async () => {
    const file = scratchFile('x', '');
    await expect(readProfileFile(dirname(file))).rejects.toEqual(expect.objectContaining({ code: 'input.profile.invalid' }));
  });

  it('that is missing is refused', async () => {
    await expect(chosenProfile('/nowhere/own.json')).rejects.toEqual(expect.objectContaining({ code: 'input.profile.invalid' }));
  });
});
