import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { readPolicies } from '../../main/policies/index.ts';
import { runProgram } from '../../main/windows/index.ts';
import { isWine, skippedWhere } from '../system.ts';

const key = String.raw`Software\Policies\TenantKeyring`;
const reg = (...args: string[]) => spawnSync('reg.exe', [...args, '/reg:64'], { stdio: 'ignore' }).status;
const set = (hive: 'HKLM' | 'HKCU', name: string, type: string, data: string) =>
  expect(reg('add', `${hive}\\${key}`, '/v', name, '/t', type, '/d', data, '/f')).toBe(0);
const read = () => readPolicies({ env: process.env, platform: 'win32', run: runProgram });

// What is set here changes nothing for the processes of tests that run meanwhile.
const harmless = { MinimumKeySize: 2048, MaximumLifetimeMonths: 36, AllowedClouds: ['global', 'gcch', 'dod', 'china', 'bleu', 'delos'] };

const mayWrite = skippedWhere(!isWine && process.env['CI'] !== 'true', 'it would write policies into the registry of this computer');
describe('policies of the real registry', mayWrite, () => {
  afterEach(() => {
    for (const hive of ['HKLM', 'HKCU']) reg('delete', `${hive}\\${key}`, '/f');
  });

  it('are none where nothing is prescribed', async () => {
    await expect(read()).resolves.toMatchObject({ policies: {}, sources: [] });
  });

  it('are read from the computer with every type of value, and from the user where the computer says nothing', async () => {
    set('HKLM', 'MinimumKeySize', 'REG_DWORD', '2048');
    set('HKLM', 'AllowedClouds', 'REG_MULTI_SZ', String.raw`global\0gcch\0dod\0china\0bleu\0delos`);
    set('HKCU', 'MinimumKeySize', 'REG_DWORD', '3072');
    set('HKCU', 'MaximumLifetimeMonths', 'REG_DWORD', '0x24');
    const { policies, sources } = await read();
    expect(policies).toEqual(harmless);
    const from = Object.fromEntries(sources.map(({ policy, source }) => [policy, source.slice(0, 4)]));
    expect(from).toEqual({ MinimumKeySize: 'HKLM', AllowedClouds: 'HKLM', MaximumLifetimeMonths: 'HKCU' });
  });
});
