import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, constants, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createCredentialStore } from '../../main/credential/index.ts';
import { createSecrets, dataDirectory, openDatabase, osKeychain } from '../../main/vault/index.ts';
import { skippedWhere } from '../system.ts';
import { scratchFolder } from '../unit/certificates/samples.ts';
import { sampleRecord } from '../unit/vault/records.ts';

const setup = (version = '1.0.0') => join(import.meta.dirname, 'made', `small-setup-${version}.exe`);
const uninstaller = 'Uninstall Small.exe';

const run = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 100_000, windowsVerbatimArguments: true }).status;

/** `/D=` is the last, without quotation marks. */
const install = (folder: string, version?: string) => run(setup(version), '/S', `/D=${folder}`);

/** As a setup program does before an update: from a copy elsewhere, which `_?=` tells where to work, and is waited for. */
function uninstall(folder: string, ...more: string[]): number | null {
  const copy = join(scratchFolder(), 'uninstaller.exe');
  copyFileSync(join(folder, uninstaller), copy);
  return run(copy, '/S', ...more, `_?=${folder}`);
}
const below = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
const ours = [
  'Small.exe',
  uninstaller,
  String.raw`locales\de.pak`,
  String.raw`resources\app.asar`,
  String.raw`resources\app.asar.unpacked\keytar\keytar.node`,
  String.raw`resources\installed-files.txt`,
].toSorted();

const compiled = skippedWhere(!existsSync(setup()), 'the small setup program is compiled on Linux');
describe('the setup program', compiled, () => {
  it('does not settle in a folder with other files, unless the program is there or was', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'tool.exe'), 'theirs');
    expect(install(folder)).toBe(145);
    expect(below(folder)).toEqual(['tool.exe']);
    const own = join(folder, 'Small');
    expect(install(own)).toBe(0);
    writeFileSync(join(own, 'report.txt'), 'theirs');
    expect(install(own)).toBe(0);
    expect(uninstall(own)).toBe(0);
    expect(below(own)).toEqual(['report.txt']);
    expect(install(own)).toBe(0);
    expect(uninstall(own)).toBe(0);
  });

  it('does not replace a newer version by an older one', () => {
    const folder = scratchFolder();
    expect(install(folder)).toBe(0);
    expect(install(folder, '1.10.0')).toBe(0);
    expect(install(folder)).toBe(1638);
    expect(install(folder, '1.10.0')).toBe(0);
    expect(uninstall(folder)).toBe(0);
    expect(install(folder)).toBe(0);
    expect(uninstall(folder)).toBe(0);
  });

  it('keeps list and keys, through an update and after an uninstallation', async () => {
    const local = scratchFolder();
    const open = () => openDatabase(dataDirectory({ env: { LOCALAPPDATA: local }, platform: 'win32' }), { clock: systemClock });
    const secrets = createSecrets(osKeychain({ service: `Tenant Keyring test ${randomUUID()}` }));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const record = sampleRecord({ name: 'Größe' });
    const name = { credentialId: record.id, thumbprint: 'AB'.repeat(20) };
    const kept = async () => {
      const database = open();
      const names = createCredentialStore(database, systemClock)
        .list()
        .map((each) => each.name);
      database.close();
      return { names, key: (await secrets.load(name))?.equals(privateKey) };
    };
    // As it is without `/D=`: beside the data.
    const folder = join(local, 'Programs', 'Small');
    expect(install(folder)).toBe(0);
    const database = open();
    createCredentialStore(database, systemClock).insert(record);
    database.close();
    await secrets.save(name, privateKey);
    const all = { names: ['Größe'], key: true };
    expect(await kept()).toEqual(all);
    expect(uninstall(folder, '--updated')).toBe(0);
    expect(install(folder, '1.10.0')).toBe(0);
    expect(await kept()).toEqual(all);
    expect(uninstall(folder)).toBe(0);
    expect(await kept()).toEqual(all);
    await secrets.forget(name);
  });

  // Wine's PowerShell does nothing, so nobody ends the program.
  it('touches nothing while the program runs and cannot be ended, whatever is in its path', async () => {
    const folder = join(scratchFolder(), "Jürgen's & Co");
    expect(install(folder)).toBe(0);
    const program = join(folder, 'Small.exe');
    copyFileSync(process.execPath, program);
    const running = spawn(program, ['-e', 'setTimeout(() => undefined, 100_000)'], { stdio: 'ignore' });
    try {
      await once(running, 'spawn');
      expect(install(folder)).toBe(2);
      expect(readFileSync(program).length).toBe(readFileSync(process.execPath).length);
    } finally {
      running.kill();
      await once(running, 'exit');
    }
    expect(install(folder)).toBe(0);
    expect(readFileSync(program, 'utf8')).toBe('Small.exe');
    expect(uninstall(folder)).toBe(0);
  });
});

describe('the uninstaller', compiled, () => {
  it('removes what was installed, and its folder', () => {
    const folder = join(scratchFolder(), 'of & its öwn');
    expect(install(folder)).toBe(0);
    expect(below(folder)).toEqual(ours);
    expect(uninstall(folder)).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('goes on in a copy of itself where nobody says where it is, and comes to the same end', async () => {
    const folder = join(scratchFolder(), 'program');
    expect(install(folder)).toBe(0);
    expect(run(join(folder, uninstaller), '/S')).toBe(0);
    await expect.poll(() => existsSync(folder), { timeout: 60_000 }).toBe(false);
  });

  it('leaves what is not ours, in a folder that was there before and in folders of the program', () => {
    const folder = join(scratchFolder(), 'Small');
    const theirs = ['report.txt', String.raw`resources\mine.txt`, String.raw`tools\locales\de.pak`, String.raw`locales\it.pak`].toSorted();
    for (const name of theirs) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), 'theirs');
    }
    expect(install(folder)).toBe(0);
    expect(below(folder)).toEqual([...ours, ...theirs].toSorted());
    expect(uninstall(folder)).toBe(0);
    expect(below(folder)).toEqual(theirs);
  });

  it('of an update does the same, and the next version finds the place free', () => {
    const folder = scratchFolder();
    expect(install(folder)).toBe(0);
    writeFileSync(join(folder, 'report.txt'), 'theirs');
    expect(uninstall(folder, '--updated')).toBe(0);
    expect(below(folder)).toEqual(['report.txt']);
  });

  it('of an update moves everything or nothing: a file that is in use stops it, and the version before is whole', () => {
    const folder = scratchFolder();
    expect(install(folder)).toBe(0);
    const before = Object.fromEntries(ours.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
    // Shared with nobody: libuv's UV_FS_O_EXLOCK.
    const held = openSync(join(folder, String.raw`resources\app.asar`), constants.O_RDWR + 0x1000_0000);
    try {
      expect(uninstall(folder, '--updated')).toBe(2);
    } finally {
      closeSync(held);
    }
    expect(Object.fromEntries(below(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]))).toEqual(before);
  });

  it('follows no path out of the folder, whoever changed the list', () => {
    const outer = scratchFolder();
    const folder = join(outer, 'program');
    const victim = join(outer, 'victim.txt');
    writeFileSync(victim, 'theirs');
    expect(install(folder)).toBe(0);
    const list = join(folder, 'resources', 'installed-files.txt');
    const out = [String.raw`..\victim.txt`, String.raw`resources\..\..\victim.txt`, victim, victim.slice(2), '../victim.txt'];
    writeFileSync(list, [...out, readFileSync(list, 'latin1')].join('\r\n'));
    expect(uninstall(folder)).toBe(0);
    expect(existsSync(victim)).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });
});
