import { describe, expect, it } from 'vitest';
import { readRegistry, registryValues } from '../../../main/policies/registry.ts';
import type { Program, ProgramEnded } from '../../../main/windows/index.ts';

const env = { SystemRoot: 'C:\\Windows' };
const ours = [
  '',
  'HKEY_LOCAL_MACHINE\\Software\\Policies\\TenantKeyring',
  '    AllowedClouds    REG_MULTI_SZ    global\\0gcch',
  '    MinimumKeySize    REG_DWORD    0xc00',
  '    DefaultProfile    REG_SZ    directory-only',
  '    Language    REG_SZ    ',
  '',
  'HKEY_LOCAL_MACHINE\\Software\\Policies\\TenantKeyring\\Later',
  '',
].join('\r\n');
const parent = ['', 'HKEY_LOCAL_MACHINE\\Software\\Policies\\Microsoft', 'HKEY_LOCAL_MACHINE\\Software\\Policies\\TenantKeyring', ''].join(
  '\r\n',
);
const missing: ProgramEnded = { code: 1, output: 'ERROR: The system was unable to find the specified registry key or value.' };
const forbidden: ProgramEnded = { code: 1, output: 'ERROR: Registry editing has been disabled by your administrator.' };

/** Windows, in which each program's last argument decides what it answers. */
function windows(answers: Readonly<Record<string, ProgramEnded | Error>>) {
  const programs: Program[] = [];
  const run = async (program: Program): Promise<ProgramEnded> => {
    programs.push(program);
    const answer = program.file.endsWith('powershell.exe') ? answers['powershell'] : answers[program.args[1] ?? ''];
    if (answer instanceof Error) throw answer;
    return answer ?? missing;
  };
  return { run, programs };
}

describe('what reg.exe prints', () => {
  it('is read with names, types and lists', () => {
    expect(registryValues(ours)).toEqual({
      AllowedClouds: ['global', 'gcch'],
      MinimumKeySize: 3072,
      DefaultProfile: 'directory-only',
      Language: '',
    });
  });

  it('has no values where there is only a sub-key', () => {
    expect(registryValues('\r\nHKEY_LOCAL_MACHINE\\Software\\Policies\\TenantKeyring\\Later\r\n')).toEqual({});
  });
});

describe('the registry', () => {
  it('is asked by the program of the system folder, 64 bits, without a shell', async () => {
    const { run, programs } = windows({
      'HKLM\\Software\\Policies': { code: 0, output: parent },
      'HKLM\\Software\\Policies\\TenantKeyring': { code: 0, output: ours },
    });
    await expect(readRegistry('HKLM', env, run)).resolves.toMatchObject({ MinimumKeySize: 3072 });
    expect(programs.map(({ file, args }) => [file, args.at(-1)])).toEqual([
      ['C:\\Windows\\System32\\reg.exe', '/reg:64'],
      ['C:\\Windows\\System32\\reg.exe', '/reg:64'],
    ]);
  });

  it('prescribes nothing where the key is missing, and nothing more is started', async () => {
    const { run, programs } = windows({
      'HKLM\\Software\\Policies': { code: 0, output: parent.replace('TenantKeyring', 'TenantKeyringElse') },
    });
    await expect(readRegistry('HKLM', env, run)).resolves.toEqual({});
    expect(programs).toHaveLength(1);
  });

  it('of a user may lack the key above it too', async () => {
    const { run, programs } = windows({});
    await expect(readRegistry('HKCU', env, run)).resolves.toEqual({});
    expect(programs).toHaveLength(1);
  });

  it.each([
    ['reg.exe may not read', { 'HKLM\\Software\\Policies': forbidden }],
    ['reg.exe cannot be started', { 'HKLM\\Software\\Policies': new Error('EACCES') }],
    ['the key cannot be read', { 'HKLM\\Software\\Policies': { code: 0, output: parent } }],
  ])('is read by PowerShell where %s', async (_, answers) => {
    const { run } = windows({ ...answers, powershell: { code: 0, output: '{"MinimumKeySize":4096,"AllowedClouds":["china"]}' } });
    await expect(readRegistry('HKLM', env, run)).resolves.toEqual({ MinimumKeySize: 4096, AllowedClouds: ['china'] });
  });

  it.each([
    ['is refused', { code: 1, output: 'Zugriff verweigert' }],
    ['prints no JSON', { code: 0, output: 'Hello' }],
    ['prints no object', { code: 0, output: 'null' }],
    ['is missing', new Error('ENOENT')],
  ])('is not taken for empty where PowerShell %s', async (_, powershell) => {
    const { run } = windows({ 'HKLM\\Software\\Policies': forbidden, powershell });
    await expect(readRegistry('HKLM', env, run)).rejects.toMatchObject({
      code: 'policy.unreadable',
      params: { source: 'HKLM\\Software\\Policies\\TenantKeyring' },
    });
  });
});
