import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { builderConfiguration } from './builder-configuration.ts';
import { openWorkshop, type Packed, type Workshop } from './stand-in/packing.ts';
import { missingPackages } from './stand-in/tools.ts';

describe.skipIf(missingPackages.length > 0)('a build that is no release', () => {
  let workshop: Workshop;
  let packed: Packed;
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-nsh-'));

  beforeAll(async () => {
    workshop = openWorkshop();
    packed = await workshop.pack({ release: false, targets: ['nsis'], architectures: ['x64'] });
    if (packed.code !== 0) throw new Error(packed.log);
  }, 180_000);
  afterAll(() => {
    workshop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Another installer of the program that is packed already. */
  const installer = (targets: ['nsis'] | ['msi'], include?: string) =>
    workshop.pack({
      release: false,
      targets,
      architectures: ['x64'],
      prepackaged: join(packed.folder, 'win-unpacked'),
      ...(include === undefined ? {} : { include }),
    });

  it('says in its name and in its package.json that it is not signed', () => {
    expect(readdirSync(packed.folder)).toContain(`Tenant-Keyring-${manifest.version}-x64-setup-unsigned.exe`);
    expect(JSON.parse(extractFile(join(packed.folder, 'win-unpacked/resources/app.asar'), 'package.json').toString()).signed).toBe(false);
    expect(packed.log).not.toContain('signing with');
  });

  it('takes no updates: they could be anybody’s', () => {
    expect(existsSync(join(packed.folder, 'latest.yml'))).toBe(false);
    expect(existsSync(join(packed.folder, 'win-unpacked/resources/app-update.yml'))).toBe(false);
  });

  // That the script as it is compiles, in all three languages, is what the build above and the release show.
  const script = readFileSync('assets/installer/installer.nsh', 'utf8');
  it.each([
    [
      'a plugin’s function that does not exist',
      script.replace('WinShell::SetLnkAUMI', 'WinShell::NoSuchFunction'),
      /cannot call WinShell::NoSuchFunction/,
    ],
    [
      'a text that is missing in one language',
      script.replace(/^LangString desktopEntry 1036 .*\n/m, ''),
      /warning 6040: LangString "desktopEntry"/,
    ],
  ])('is stopped by %s', async (name, broken, expected) => {
    expect(broken).not.toBe(script);
    const include = join(folder, `${name}.nsh`);
    writeFileSync(include, broken);
    const { code, log } = await installer(['nsis'], include);
    expect(code).toBe(1);
    expect(log).toMatch(expected);
  });

  it('has an MSI for all users of a 64-bit Windows that refuses to be installed over the setup program', async () => {
    const { code, log, wix } = await installer(['msi']);
    expect(code, log).toBe(0);
    const elements = [...new DOMParser().parseFromString(wix ?? '', 'text/xml').getElementsByTagName('*')];
    const named = (name: string) => elements.filter((each) => each.tagName === name);
    const attributes = (element: Element | undefined, ...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, element?.getAttribute(name)]));

    expect(attributes(named('Product')[0], 'UpgradeCode', 'Name', 'Manufacturer')).toEqual({
      UpgradeCode: builderConfiguration.msi?.upgradeCode,
      Name: 'Tenant Keyring',
      Manufacturer: 'Tenant Keyring contributors',
    });
    expect(
      named('Property')
        .find((each) => each.getAttribute('Id') === 'ALLUSERS')
        ?.getAttribute('Value'),
    ).toBe('1');
    expect(named('Directory').map((each) => each.getAttribute('Id'))).toContain('ProgramFiles64Folder');

    const key = `Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${builderConfiguration.nsis?.guid}`;
    expect(
      named('RegistrySearch').map((each) => ({
        property: (each.parentNode as Element).getAttribute('Id'),
        ...attributes(each, 'Root', 'Key', 'Name', 'Win64'),
      })),
    ).toEqual([
      { property: 'SETUPFORALL', Root: 'HKLM', Key: key, Name: 'UninstallString', Win64: 'yes' },
      { property: 'SETUPFORUSER', Root: 'HKCU', Key: key, Name: 'UninstallString', Win64: 'yes' },
    ]);
    expect(named('Condition').map((each) => each.textContent)).toContain('Installed OR NOT (SETUPFORALL OR SETUPFORUSER)');

    expect(named('File').map((each) => each.getAttribute('Name'))).toEqual(
      expect.arrayContaining(['Tenant Keyring.exe', 'tenant-keyring.cmd', 'app.asar', 'keytar.node']),
    );
    const ids = elements.map((each) => each.getAttribute('Id') ?? '').filter((id) => id !== '' && id !== '*');
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !/^[A-Za-z_][\w.]*$/.test(id))).toEqual([]);
    // WiX warns of longer ones (CNDL1026), and electron-builder has it take warnings for errors.
    expect(ids.filter((id) => id.length > 72)).toEqual([]);
    const ofFiles = named('File')
      .map((each) => each.getAttribute('Id') ?? '')
      .filter((id) => id !== '');
    expect(new Set(ofFiles).size).toBe(ofFiles.length);
  });
});
