import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep, win32 } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { policyFile } from '../../../main/policies/policy-file.ts';
import { policyNames, readPolicies, type PolicySystem } from '../../../main/policies/index.ts';
import { managedPolicy } from '../../../preload/contract/program.ts';

const nothing: PolicySystem['run'] = () => Promise.reject(new Error('no Windows here'));

/** A system whose policies are this file's. */
function system(text: string): PolicySystem {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-policies-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'policies.json');
  writeFileSync(file, text);
  return { env: {}, platform: 'linux', run: nothing, file };
}

describe('the file of policies', () => {
  it('is only where administrators alone can write', () => {
    expect(policyFile('win32')).toBeNull();
    expect(policyFile('linux')).toBe('/etc/tenant-keyring/policies.json');
    expect(policyFile('darwin')).toBe('/Library/Application Support/Tenant Keyring/policies.json');
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
      DefaultCustody: 'external',
      ForbidServers: 0,
      AllowedServers: ['Archive.Contoso.COM', '10.0.0.5'],
      ForbidKeepingServerPasswords: 1,
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
      DefaultCustody: 'external',
      ForbidServers: false,
      AllowedServers: ['archive.contoso.com', '10.0.0.5'],
      ForbidKeepingServerPasswords: true,
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
    await expect(readPolicies({ env: {}, platform: 'linux', run: nothing, file: '/nowhere/policies.json' })).resolves.toEqual({
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
    const { policies, sources } = await readPolicies({ env: {}, platform: 'win32', run });
    expect(policies).toEqual({ Language: 'fr', DefaultProfile: 'directory-only' });
    expect(sources.map(({ source }) => source)).toEqual([
      'HKLM\\Software\\Policies\\TenantKeyring',
      'HKCU\\Software\\Policies\\TenantKeyring',
    ]);
  });
});

describe('a file that any user of Windows may have made', () => {
  it.each(['{"ForbidKeepingKeys": true, "Language": "it"}', '{'])('prescribes nothing, and stops nothing: %s', async (text) => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-program-data-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    // On Windows a file in a folder of this name; elsewhere one with backslashes in its name.
    const file = win32.join(folder, 'TenantKeyring', 'policies.json');
    if (win32.sep === sep) mkdirSync(join(folder, 'TenantKeyring'));
    writeFileSync(file, text);
    onTestFinished(() => rmSync(file, { force: true }));
    const run: PolicySystem['run'] = ({ args }) =>
      Promise.resolve({ code: 0, output: args[1]?.endsWith('TenantKeyring') === true ? '' : 'HKEY_CURRENT_USER\\Software\\Policies\r\n' });
    expect((await readPolicies({ env: { ProgramData: folder }, platform: 'win32', run })).sources).toEqual([]);
  });
});

it('the window knows every policy by its name', () => {
  expect(managedPolicy.shape.policy.options.toSorted()).toEqual(policyNames.toSorted());
});
