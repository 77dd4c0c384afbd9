import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { policyFiles } from '../../../main/policies/policy-file.ts';
import { policyNames, readPolicies, type PolicySystem } from '../../../main/policies/index.ts';
import { managedPolicy } from '../../../preload/contract/views.ts';

const nothing: PolicySystem['run'] = () => Promise.reject(new Error('no Windows here'));

/** A system whose policies are this file's. */
function system(text: string): PolicySystem {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-policies-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'tenant-keyring'));
  writeFileSync(join(folder, 'tenant-keyring', 'policies.json'), text);
  return { env: { XDG_CONFIG_DIRS: `relative:/nowhere/at/all:${folder}` }, platform: 'linux', run: nothing };
}

describe('the file of policies', () => {
  it('is looked for where each system keeps what holds for everybody', () => {
    expect(policyFiles({ ProgramData: 'D:\\Data' }, 'win32')).toEqual(['D:\\Data\\TenantKeyring\\policies.json']);
    expect(policyFiles({}, 'linux')).toEqual(['/etc/xdg/tenant-keyring/policies.json']);
    expect(policyFiles({ XDG_CONFIG_DIRS: '/a:b:/c' }, 'linux')).toEqual([
      '/a/tenant-keyring/policies.json',
      '/c/tenant-keyring/policies.json',
    ]);
    expect(policyFiles({}, 'darwin')).toEqual(['/Library/Application Support/Tenant Keyring/policies.json']);
  });

  it('prescribes every policy, in the forms of JSON and of the registry, and says where each stands', async () => {
    const given = {
      allowedclouds: 'global',
      AllowedTenants: ['Contoso.COM', '5B1E0F3A-1C2D-4E5F-8A9B-0C1D2E3F4A5B'],
      SignInClientId: '11111111-2222-4333-8444-555555555555',
      DisableUpdates: 1,
      MinimumKeySize: 3072,
      MaximumLifetimeMonths: 12,
      ForbidPrivateKeyExport: true,
      ForbidKeepingKeys: 0,
      DefaultProfile: 'directory-only',
      Language: 'fr',
    };
    const { policies, sources, unknown } = await readPolicies(system(`\uFEFF${JSON.stringify(given)}`));
    expect(policies).toEqual({
      AllowedClouds: ['global'],
      AllowedTenants: ['contoso.com', '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b'],
      SignInClientId: '11111111-2222-4333-8444-555555555555',
      DisableUpdates: true,
      MinimumKeySize: 3072,
      MaximumLifetimeMonths: 12,
      ForbidPrivateKeyExport: true,
      ForbidKeepingKeys: false,
      DefaultProfile: 'directory-only',
      Language: 'fr',
    });
    expect(Object.keys(policies).toSorted()).toEqual(policyNames.toSorted());
    expect(sources.every(({ source }) => source.endsWith('policies.json'))).toBe(true);
    expect(unknown).toEqual([]);
  });

  it('may name what this version does not know, and it is told', async () => {
    const { policies, unknown } = await readPolicies(system('{"FromTheFuture": 1, "Language": "de"}'));
    expect(policies).toEqual({ Language: 'de' });
    expect(unknown).toEqual([expect.stringMatching(/policies\.json: FromTheFuture$/)]);
  });

  it.each([
    ['AllowedClouds', ['global', 'mars']],
    ['AllowedClouds', []],
    ['AllowedTenants', ['https://contoso.com']],
    ['SignInClientId', 'mine'],
    ['DisableUpdates', 'yes'],
    ['MinimumKeySize', 1024],
    ['MaximumLifetimeMonths', 0],
    ['DefaultProfile', 'nonsense'],
    ['Language', 'it'],
  ])('is not half believed: %s = %j stops the work', async (policy, value) => {
    await expect(readPolicies(system(JSON.stringify({ [policy]: value })))).rejects.toMatchObject({
      code: 'policy.invalid',
      params: { policy, value: JSON.stringify(value) },
    });
  });

  it.each(['', '[]', 'null', '{"Language": "fr"'])('that holds %j stops the work', async (text) => {
    await expect(readPolicies(system(text))).rejects.toMatchObject({ code: 'policy.unreadable' });
  });

  it('need not be there', async () => {
    await expect(readPolicies({ env: { XDG_CONFIG_DIRS: '/nowhere' }, platform: 'linux', run: nothing })).resolves.toEqual({
      policies: {},
      sources: [],
      unknown: [],
    });
  });
});

describe('on Windows', () => {
  const hive = (name: string, values: Readonly<Record<string, string>>) =>
    `\r\n${name}\\Software\\Policies\\TenantKeyring\r\n${Object.entries(values)
      .map(([value, text]) => `    ${value}    REG_SZ    ${text}\r\n`)
      .join('')}`;

  it('the computer’s registry counts before the user’s', async () => {
    const answers: Readonly<Record<string, string>> = {
      HKLM: hive('HKEY_LOCAL_MACHINE', { Language: 'fr' }),
      HKCU: hive('HKEY_CURRENT_USER', { Language: 'de', DefaultProfile: 'directory-only' }),
    };
    const run: PolicySystem['run'] = ({ args }) => {
      const path = args[1] ?? '';
      return Promise.resolve({
        code: 0,
        output: path.endsWith('TenantKeyring')
          ? (answers[path.slice(0, 4)] ?? '')
          : 'HKEY_LOCAL_MACHINE\\Software\\Policies\\TenantKeyring',
      });
    };
    const { policies, sources } = await readPolicies({ env: { ProgramData: '/nowhere' }, platform: 'win32', run });
    expect(policies).toEqual({ Language: 'fr', DefaultProfile: 'directory-only' });
    expect(sources.map(({ source }) => source)).toEqual([
      'HKLM\\Software\\Policies\\TenantKeyring',
      'HKCU\\Software\\Policies\\TenantKeyring',
    ]);
  });
});

it('the window knows every policy by its name', () => {
  expect(managedPolicy.shape.policy.options.toSorted()).toEqual(policyNames.toSorted());
});
