import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { skippedWhere } from '../system.ts';
import { commandLineTests } from './command-line.ts';
import { cmd, eventually, installedEntries, powerShell, program, shells } from './windows.ts';

/**
 * Installs what `npm run dist` has made, and uses it as an administrator does. It changes the computer it runs on, so it
 * runs only where TENANT_KEYRING_INSTALLERS says so: the folder of the installers.
 */
const installers = process.env['TENANT_KEYRING_INSTALLERS'] ?? '';
const files = installers === '' ? [] : readdirSync(installers);
const installer = (pattern: RegExp) => resolve(installers, files.find((name) => pattern.test(name)) ?? String(pattern));
const setup = installer(/-x64-setup.*\.exe$/);
const msi = installer(/-x64.*\.msi$/);

const scratch = mkdtempSync(join(tmpdir(), 'tenant-keyring-installed-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }));

const exe = 'Tenant Keyring.exe';
const forUser = join(process.env['LOCALAPPDATA'] ?? '', 'Programs', 'Tenant Keyring');
const forMachine = join(process.env['ProgramFiles'] ?? '', 'Tenant Keyring');

const asked = skippedWhere(installers === '', 'TENANT_KEYRING_INSTALLERS does not name the folder of the installers');
describe('the installed product', { timeout: 600_000, ...asked }, () => {
  const data = join(scratch, 'data');
  const practice = `--practice --data-dir "${data}"`;
  const cli = `"${join(forUser, 'tenant-keyring.cmd')}"`;

  it('installs for this user, silently', () => {
    expect(installedEntries()).toEqual([]);
    expect(program(setup, '/S', '/currentuser')).toMatchObject({ code: 0 });
    expect(installedEntries()).toMatchObject([
      {
        DisplayName: expect.stringContaining('Tenant Keyring'),
        DisplayVersion: manifest.version,
        PSPath: expect.stringContaining('HKEY_CURRENT_USER'),
      },
    ]);
    for (const file of [
      exe,
      'tenant-keyring.cmd',
      'resources/app.asar',
      'LICENSE.txt',
      'THIRD-PARTY-LICENSES.txt',
      'LICENSES.chromium.html',
      'policies/TenantKeyring.admx',
    ])
      expect(existsSync(join(forUser, file)), file).toBe(true);
  });

  it('is signed where a release says so', () => {
    const { stdout } = powerShell(`(Get-AuthenticodeSignature '${join(forUser, exe)}').Status`);
    expect(stdout.trim()).toBe(process.env['TENANT_KEYRING_REQUIRE_SIGNED'] === '1' ? 'Valid' : 'NotSigned');
  });

  it('shows its window', async () => {
    const folder = join(scratch, 'window');
    const window = spawn(join(forUser, exe), ['--practice', '--data-dir', folder], { detached: true, stdio: 'ignore' });
    try {
      await eventually('a window is shown', () =>
        globSync(`${folder.replaceAll('\\', '/')}/**/window.log`).some((log) => readFileSync(log, 'utf8').includes('window.shown')),
      );
    } finally {
      program('taskkill.exe', '/pid', String(window.pid), '/t', '/f');
    }
  });

  describe('has a command line that', () => {
    commandLineTests({ program: forUser, scratch });
  });

  it.each(shells)('has a command line that comes through the pipe of %s and ends with its exit code', (shell) => {
    const piped = powerShell(
      `$found = & ${cli.replaceAll('"', "'")} profiles --json | ConvertFrom-Json; $found.profiles.Count; exit $LASTEXITCODE`,
      shell,
    );
    expect(piped.code).toBe(0);
    expect(Number(piped.stdout)).toBeGreaterThan(2);
    expect(powerShell(`& ${cli.replaceAll('"', "'")} show nobody ${practice} 2>$null; exit $LASTEXITCODE`, shell).code).toBe(2);
  });

  it('does not let the MSI be installed over it', () => {
    expect(program('msiexec.exe', '/i', msi, '/qn', '/norestart').code).toBe(1603);
    expect(existsSync(forMachine)).toBe(false);
    expect(existsSync(join(forUser, exe))).toBe(true);
  });

  it('is installed over itself, and leaves files that are not its own', () => {
    writeFileSync(join(forUser, 'report.txt'), 'theirs');
    writeFileSync(join(forUser, 'resources', 'mine.txt'), 'theirs');
    expect(program(setup, '/S', '/currentuser')).toMatchObject({ code: 0 });
    for (const file of ['report.txt', 'resources/mine.txt', exe, 'resources/app.asar'])
      expect(existsSync(join(forUser, file)), file).toBe(true);
    expect(cmd(`${cli} --version`).code).toBe(0);
  });

  it('does not settle in a folder with other files', () => {
    const tools = join(scratch, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'tool.exe'), 'theirs');
    expect(spawnSync(setup, ['/S', '/currentuser', `/D=${tools}`], { windowsVerbatimArguments: true }).status).toBe(145);
    expect(readdirSync(tools)).toEqual(['tool.exe']);
  });

  it('uninstalls silently, and leaves the data and files that are not its own', async () => {
    expect(cmd(`${cli} list --json`).code).toBe(0);
    const [entry] = installedEntries();
    expect(cmd(entry?.QuietUninstallString ?? '')).toMatchObject({ code: 0 });
    await eventually('nothing is listed any more', () => installedEntries().length === 0);
    await eventually('the program is gone', () => !existsSync(join(forUser, exe)));
    const local = process.env['LOCALAPPDATA'] ?? '';
    expect(existsSync(join(local, 'Tenant Keyring', 'keyring.sqlite'))).toBe(true);
    expect(existsSync(join(local, 'tenant-keyring-updater'))).toBe(false);
    expect(readdirSync(forUser, { recursive: true }).map(String).toSorted()).toEqual([
      'report.txt',
      'resources',
      String.raw`resources\mine.txt`,
    ]);
  });

  it('installs as MSI for all users, does not let the setup be installed over it, and uninstalls', async () => {
    expect(program('msiexec.exe', '/i', msi, '/qn', '/norestart').code).toBe(0);
    expect(cmd(`"${join(forMachine, 'tenant-keyring.cmd')}" --version`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(manifest.version),
    });
    expect(program(setup, '/S', '/currentuser').code).toBe(1638);
    expect(existsSync(join(forUser, exe))).toBe(false);
    expect(program('msiexec.exe', '/x', msi, '/qn', '/norestart').code).toBe(0);
    await eventually('nothing is listed any more', () => installedEntries().length === 0);
  });
});
