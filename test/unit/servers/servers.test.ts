import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { ewsGoneFrom, usesEws } from '../../../main/registration/ews.ts';
import { checkRule } from '../../../main/registration/verify/checks/index.ts';
import {
  defaultServer,
  freePermissions,
  hasInstances,
  loadProfiles,
  loadServers,
  parsePermission,
  redirectRule,
  serverById,
  serverOfProfile,
  stepText,
} from '../../../main/servers/index.ts';
import { describedServers } from '../../../main/servers/shipped.ts';
import { createTexts, languages } from '../../../main/texts/index.ts';

const folder = 'assets/servers';
const file = (id: string) => readFileSync(`${folder}/${id}/server.json`, 'utf8');

describe('the descriptors that come with the product', () => {
  it('are one folder each, the first the default', () => {
    expect(
      loadServers()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(readdirSync(folder).toSorted());
    expect(defaultServer().id).toBe('mailstore-server');
    expect(new Set(loadServers().flatMap(({ profiles }) => profiles)).size).toBe(loadProfiles().length);
  });

  it.each(languages)('have every text that they name, and a name of their own (%s)', (language) => {
    const { has } = createTexts(language);
    for (const { id, sheet, guide, profiles, renewal, custody, signInPlace } of loadServers()) {
      const keys = [
        `server.${id}.name`,
        ...sheet.flatMap((step) =>
          'part' in step ? Object.values(step.texts) : [step.text, ...[step.place, step.warning].filter((key) => key !== null)],
        ),
        ...guide.map(({ text }) => text),
        ...renewal,
        ...Object.values(custody),
        ...(signInPlace === null ? [] : [signInPlace]),
        ...profiles.flatMap((profile) => [
          `profile.${profile.id}.name`,
          `profile.${profile.id}.description`,
          ...profile.permissions.map(({ why }) => why),
        ]),
      ];
      expect(
        keys.filter((key) => !has(key)),
        id,
      ).toEqual([]);
    }
  });

  it('name checks that there are in the steps of their sheets', () => {
    const named = loadServers().flatMap(({ sheet }) =>
      sheet.flatMap((step) => ('part' in step || step.check === null ? [] : [step.check])),
    );
    expect(named.length).toBeGreaterThan(2);
    for (const check of named) expect(checkRule(check), check).not.toBeNull();
  });

  it('name profiles of their own in the steps of their sheets that are for some alone', () => {
    const named = loadServers().flatMap(({ id, sheet, profiles }) =>
      sheet.flatMap((step) =>
        'part' in step ? [] : step.profiles.map((profile) => [id, profile, profiles.some((each) => each.id === profile)]),
      ),
    );
    expect(named).toEqual([
      ['mailstore-server', 'mailstore-graph', true],
      ['mailstore-spe', 'mailstore-graph', true],
    ]);
  });

  it('name checks that there are, each by its own profile', () => {
    for (const { id, checks } of loadProfiles()) for (const check of checks) expect(checkRule(check), `${id}: ${check}`).not.toBeNull();
  });

  it('say of each permission where it was read, and of EWS when it ends', () => {
    for (const { id, permissions } of loadProfiles())
      for (const permission of permissions) {
        expect(permission.source?.page, `${id} ${permission.value}`).toMatch(/\w/);
        if (usesEws({ permissions: [permission] })) expect(permission.until, id).toBe(ewsGoneFrom);
      }
  });

  it('have one certificate in their sheet', () => {
    for (const { id, sheet } of loadServers()) expect(sheet.filter((step) => 'part' in step).length, id).toBe(1);
  });

  it('lead users back where the maker has it, an instance in its place', () => {
    const [server, spe] = ['mailstore-server', 'mailstore-spe'].map((id) => serverById(id));
    if (!server || !spe) throw new Error('not described');
    expect(redirectRule(server, null)).toEqual({ path: '/oidc/signin', port: 8462 });
    expect(redirectRule(spe, 'contoso')).toEqual({ path: '/contoso/oidc/signin', port: 443 });
    expect([server, spe].map(hasInstances)).toEqual([false, true]);
    expect(serverById('gone')).toBeNull();
  });

  it('are found by a profile: the first that has it', () => {
    expect(['mailstore-guide', 'imap-access', 'own'].map((id) => serverOfProfile(id).id)).toEqual([
      'mailstore-server',
      'mail-protocols',
      'mailstore-server',
    ]);
  });

  it('give numbers of their guide words, which entries of earlier versions have', () => {
    const texts = createTexts('en');
    expect(['G10', 'G2b', 'consent', 'G99'].map((step) => stepText(step, texts))).toEqual(['Publication', 'Consent', 'Consent', 'G99']);
  });
});

describe('a descriptor', () => {
  const good: Record<string, unknown> = JSON.parse(file('exchange-hybrid'));
  const read = (changes: Record<string, unknown>) => () => describedServers({ broken: JSON.stringify({ ...good, ...changes }) });
  const [profile] = good['profiles'] as Record<string, unknown>[];

  it('is read by itself', () => {
    expect(read({})().map(({ id }) => id)).toEqual(['broken']);
  });

  it.each([
    ['an unknown property', { extra: 1 }, 'Unrecognized key: "extra"'],
    ['a path with another placeholder', { redirectUri: { path: '/{tenant}/x', port: 443 } }, 'no placeholder but {instance}'],
    ['a port that is none', { redirectUri: { path: '/x', port: 0 } }, 'redirectUri.port'],
    ['a text that is no key', { sheet: [{ id: 'x', text: 'Do this' }] }, 'sheet.0'],
    [
      'two steps of one id',
      {
        sheet: [
          { id: 'x', text: 'a.b' },
          { id: 'x', text: 'a.c' },
        ],
      },
      'two steps of the sheet have one id',
    ],
    ['an API without a name', { profiles: [{ ...profile, permissions: [{ api: 'mail' }] }] }, 'an API is graph, exchange or an app id'],
    [
      'a permission without its source',
      { profiles: [{ ...profile, permissions: [{ api: 'graph', type: 'Role', value: 'X', why: 'x' }] }] },
      'source',
    ],
    ['a profile that nobody has', { profiles: ['nowhere'] }, 'no descriptor has the profile nowhere'],
    ['a profile twice', { profiles: [profile, profile] }, 'is described twice'],
  ])('with %s is refused with the file and the place', (_name, changes, part) => {
    expect(read(changes)).toThrow('assets/servers/broken/server.json: ');
    expect(read(changes)).toThrow(part);
  });
});

describe('permissions that are chosen one by one', () => {
  it('are an API and a value', () => {
    expect(parsePermission('graph/Mail.Read')).toMatchObject({ resourceAppId: resourceAppIds.graph, value: 'Mail.Read', type: 'Role' });
    expect(parsePermission(' Office 365 Exchange Online/IMAP.AccessAsApp ')).toMatchObject({ resourceAppId: resourceAppIds.exchange });
    expect(parsePermission('00000003-0000-0FF1-CE00-000000000000/Sites.Read.All').resourceAppId).toBe(
      '00000003-0000-0ff1-ce00-000000000000',
    );
  });

  it.each(['', 'Mail.Read', '/Mail.Read', 'mail/Read', 'graph/', 'graph/Mail Read'])('%j is refused', (typed) => {
    expect(() => parsePermission(typed)).toThrow(expect.objectContaining({ code: 'input.permission.invalid' }));
  });

  it('are a profile whose id follows from them alone', () => {
    const of = (...typed: string[]) => freePermissions(typed.map(parsePermission));
    const one = of('graph/Mail.Read', 'graph/User.Read.All');
    expect(of('graph/User.Read.All', 'graph/Mail.Read', 'graph/Mail.Read')).toEqual(one);
    expect(one.permissions).toHaveLength(2);
    expect(of('graph/Mail.Read').id).not.toBe(one.id);
  });
});
