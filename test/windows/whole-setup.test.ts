import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createCredentialStore } from '../../main/credential/index.ts';
import { createSecrets, dataDirectory, openDatabase, osKeychain } from '../../main/vault/index.ts';
import { cmd, eventually, program } from '../installed/windows.ts';
import { isWine, skippedWhere } from '../system.ts';
import { sampleCertificate, sampleRecord } from '../unit/vault/records.ts';
import { versions } from './stand-in/versions.ts';
import { entry, files, install, installedVersion, isListed, standInEnvironment, withoutSetup } from './whole-setup.ts';

/*
 * What test/installed does on Windows, with electron-builder's whole script: here each run begins with a new Windows. In
 * order: each test goes on where the one before it ended.
 */
const [before, next] = versions;
const local = process.env['LOCALAPPDATA'] ?? '';
const usual = join(local, 'Programs', 'Tenant Keyring');
const data = join(local, 'Tenant Keyring');
const updater = join(local, 'tenant-keyring-updater');
const startMenu = join(process.env['APPDATA'] ?? '', String.raw`Microsoft\Windows\Start Menu\Programs\Tenant Keyring.lnk`);
const exe = 'Tenant Keyring.exe';
const uninstaller = 'Uninstall Tenant Keyring.exe';

const scratch = mkdtempSync(join(tmpdir(), 'tenant-keyring-setup-'));
const cli = (folder: string, line: string) => cmd(`"${join(folder, 'tenant-keyring.cmd')}" ${line}`);
const theirs = ['report.txt', String.raw`resources\mine.txt`];
const uninstall = async (folder: string, options = '', hive: 'HKCU' | 'HKLM' = 'HKCU') => {
  const { QuietUninstallString = '' } = await entry(hive);
  expect(cmd(`${QuietUninstallString} ${options}`)).toMatchObject({ code: 0 });
  await eventually('nothing is listed any more', () => !isListed(hive));
  await eventually('the uninstaller is gone', () => !existsSync(join(folder, uninstaller)));
};

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
const record = sampleRecord({ name: 'Größe & Söhne', certificate: sampleCertificate({ thumbprint: 'AB'.repeat(20) }) });
const secrets = createSecrets(osKeychain());
const key = { credentialId: record.id, thumbprint: 'AB'.repeat(20) };
/** What the installed program finds. */
const kept = async (folder: string) => ({
  list: (JSON.parse(cli(folder, 'list --json').stdout) as { credentials: { name: string }[] }).credentials.map(({ name }) => name),
  keys: JSON.parse(cli(folder, 'keys --json').stdout) as object,
  key: (await secrets.load(key))?.equals(privateKey),
});
const all = { list: ['Größe & Söhne'], keys: { missing: [], unneeded: [] }, key: true };

const where = withoutSetup === null ? skippedWhere(!isWine, 'it would change this computer') : skippedWhere(true, withoutSetup);
describe('the whole setup program', { timeout: 400_000, ...where }, () => {
  beforeAll(() => {
    for (const [name, value] of Object.entries(standInEnvironment)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await secrets.forget(key);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  it('installs for this user, and what it installs works', async () => {
    expect(isListed()).toBe(false);
    expect(install(before, '/currentuser')).toBe(0);
    await expect(entry()).resolves.toMatchObject({
      DisplayName: `Tenant Keyring ${before}-unsigned`,
      DisplayVersion: before,
      Publisher: 'Tenant Keyring contributors',
      QuietUninstallString: `"${join(usual, uninstaller)}" /currentuser /S`,
    });
    expect(files(usual)).toEqual(
      expect.arrayContaining([exe, 'tenant-keyring.cmd', 'LICENSE.txt', String.raw`policies\TenantKeyring.admx`]),
    );
    expect(existsSync(startMenu)).toBe(true);
    expect(installedVersion(usual)).toBe(before);
    expect(cli(usual, '--version').code).toBe(0);
    const connect = `connect --name "Archiv & Söhne" --fqdn mail.contoso.example --yes --json --practice --data-dir "${join(scratch, 'practice')}"`;
    expect(cli(usual, connect)).toMatchObject({ code: 0 });
  });

  it('knows every file that it installs', () => {
    const listed = readFileSync(join(usual, String.raw`resources\installed-files.txt`), 'latin1').split('\r\n');
    expect(files(usual).filter((name) => !listed.includes(name))).toEqual([uninstaller, 'uninstallerIcon.ico'].toSorted());
  });

  it('keeps list, keys and files that are not its own through an update, and leaves no copy of itself', async () => {
    const database = openDatabase(dataDirectory({ env: process.env, platform: 'win32' }), { clock: systemClock });
    createCredentialStore(database, systemClock).insert(record);
    database.close();
    await secrets.save(key, privateKey);
    await expect(kept(usual)).resolves.toMatchObject(all);
    for (const name of theirs) writeFileSync(join(usual, name), 'theirs');
    expect(install(next, '/currentuser')).toBe(0);
    await expect(entry()).resolves.toMatchObject({ DisplayVersion: next });
    expect(installedVersion(usual)).toBe(next);
    await expect(kept(usual)).resolves.toMatchObject(all);
    for (const name of theirs) expect(readFileSync(join(usual, name), 'utf8'), name).toBe('theirs');
    expect(existsSync(updater)).toBe(false);
  });

  it('does not replace a newer version by an older one', () => {
    expect(install(before, '/currentuser')).toBe(1638);
    expect(installedVersion(usual)).toBe(next);
  });

  it('uninstalls, and leaves the data and files that are not its own', async () => {
    await uninstall(usual);
    expect(files(usual)).toEqual(theirs);
    expect(existsSync(startMenu)).toBe(false);
    expect(existsSync(updater)).toBe(false);
    expect((await secrets.load(key))?.equals(privateKey)).toBe(true);
    expect(files(data)).toContain('keyring.sqlite');
  });

  it('finds the data again where it is installed anew, and removes them where it is told to', async () => {
    expect(install(before, '/currentuser')).toBe(0);
    await expect(kept(usual)).resolves.toMatchObject(all);
    await uninstall(usual, '--delete-app-data');
    expect(existsSync(data)).toBe(false);
    expect((await secrets.load(key))?.equals(privateKey)).toBe(true);
    expect(files(usual)).toEqual(theirs);
  });

  it('installs into a folder that is named, not into one with other files', async () => {
    const tools = join(scratch, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'tool.exe'), 'theirs');
    expect(install(before, '/currentuser', `/D=${tools}`)).toBe(145);
    expect(readdirSync(tools)).toEqual(['tool.exe']);
    expect(isListed()).toBe(false);
    const named = join(scratch, "Müller's & Co", 'Tenant Keyring');
    expect(install(before, '/currentuser', `/D=${named}`)).toBe(0);
    expect(installedVersion(named)).toBe(before);
    // An update stays there without being told.
    expect(install(next, '/currentuser')).toBe(0);
    expect(cli(named, '--version').code).toBe(0);
    expect(installedVersion(named)).toBe(next);
    await uninstall(named);
    expect(existsSync(named)).toBe(false);
  });

  it('installs for all users, and takes the place of an installation for this user', async () => {
    const forMachine = join(process.env['ProgramFiles'] ?? '', 'Tenant Keyring');
    expect(install(before, '/currentuser')).toBe(0);
    expect(install(before, '/allusers')).toBe(0);
    expect(isListed('HKCU')).toBe(false);
    await expect(entry('HKLM')).resolves.toMatchObject({ DisplayVersion: before });
    expect(cli(forMachine, '--version').code).toBe(0);
    expect(files(usual)).toEqual(theirs);
    await uninstall(forMachine, '', 'HKLM');
    expect(existsSync(forMachine)).toBe(false);
  });

  // Wine's Windows Installer finds a product there by its upgrade code, both packed: digits turned round in groups.
  it('does not install over an MSI', () => {
    const packed = (guid: string) => {
      const [a = '', b = '', c = '', ...rest] = guid.split('-');
      const pairs = rest.join('').match(/../g) ?? [];
      return [a, b, c, ...pairs].map((group) => group.split('').toReversed().join('')).join('');
    };
    const key64 = `${String.raw`HKLM\Software\Microsoft\Windows\CurrentVersion\Installer\UpgradeCodes`}\\${packed('C4AC5DE8-21DC-4D6E-B4CD-8DA964B3D36D')}`;
    expect(program('reg.exe', 'add', key64, '/v', packed('11111111-2222-3333-4444-555555555555'), '/f', '/reg:64').code).toBe(0);
    try {
      expect(install(before, '/currentuser')).toBe(1638);
      expect(isListed()).toBe(false);
    } finally {
      program('reg.exe', 'delete', key64, '/f', '/reg:64');
    }
  });
});
