import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { extractAll, extractFile, getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { builderConfiguration, readYaml } from './builder-configuration.ts';
import { openWorkshop, releaseEnvironment, type Packed, type Workshop } from './stand-in/packing.ts';
import { missingPackages } from './stand-in/tools.ts';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe.skipIf(missingPackages.length > 0)('a release', () => {
  let workshop: Workshop;
  let packed: Packed;

  beforeAll(async () => {
    workshop = openWorkshop();
    packed = await workshop.pack({ release: true, targets: ['nsis', 'portable'], architectures: ['x64', 'arm64'] });
    if (packed.code !== 0) throw new Error(packed.log);
  }, 180_000);
  afterAll(() => workshop.close());

  const program = (arch: Arch) => join(packed.folder, arch === 'x64' ? 'win-unpacked' : 'win-arm64-unpacked');
  const archive = (arch: Arch) => join(program(arch), 'resources/app.asar');

  type Arch = (typeof architectures)[number];
  const architectures = ['x64', 'arm64'] as const;
  /** IMAGE_FILE_HEADER.Machine ("PE Format", Microsoft Learn). */
  const machines = { x64: 0x8664, arm64: 0xaa64 } as const;

  it('is setup program and portable program for both architectures, and what updates are found by', () => {
    const names = architectures.flatMap((arch) => [
      `Tenant-Keyring-${manifest.version}-${arch}-setup.exe`,
      `Tenant-Keyring-${manifest.version}-${arch}-setup.exe.blockmap`,
      `Tenant-Keyring-${manifest.version}-${arch}-portable.exe`,
    ]);
    const built = readdirSync(packed.folder, { withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.startsWith('builder-'),
    );
    expect(built.map((entry) => entry.name).toSorted()).toEqual([...names, 'latest.yml'].toSorted());
    for (const name of names.filter((each) => each.endsWith('.exe')))
      expect(readFileSync(join(packed.folder, name)).includes('NullsoftInst'), name).toBe(true);
  });

  it.each(architectures)('holds exactly what is allowed (%s)', (arch) => {
    const allowed = [
      ...filesBelow('out').filter((path) => !path.replaceAll('\\', '/').startsWith('out/policies/')),
      ...['en', 'fr', 'de'].map((language) => `assets/i18n/${language}.json`),
      ...filesBelow('assets/servers'),
      'assets/icon.ico',
      'package.json',
      'node_modules/keytar/package.json',
      'node_modules/keytar/lib/keytar.js',
      `node_modules/keytar/prebuilds/win32-${arch}/keytar.node`,
    ];
    const folders = new Set(
      allowed.flatMap((file) =>
        file
          .split('/')
          .slice(0, -1)
          .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
      ),
    );
    const listed = listPackage(archive(arch), { isPack: false }).map((path) => path.slice(1).replaceAll('\\', '/'));
    expect(listed.filter((path) => !folders.has(path)).toSorted()).toEqual(allowed.toSorted());
  });

  it.each(architectures)('has one native module, of its own architecture, outside the archive (%s)', (arch) => {
    const native = filesBelow(program(arch)).filter((file) => file.endsWith('.node'));
    expect(native).toEqual([join(`${archive(arch)}.unpacked`, `node_modules/keytar/prebuilds/win32-${arch}/keytar.node`)]);
    const bytes = readFileSync(native[0] ?? '');
    expect(bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4)).toBe(machines[arch]);
  });

  it.each(architectures)(
    'has Electron’s program beside it, in three languages, with licences, policy templates and the command (%s)',
    (arch) => {
      const beside = filesBelow(program(arch))
        .map((file) => file.slice(program(arch).length + 1))
        .filter((file) => !file.startsWith('resources'));
      const electron = [
        'LICENSE.electron.txt',
        'LICENSES.chromium.html',
        'Tenant Keyring.exe',
        'icudtl.dat',
        'vulkan-1.dll',
        ...['de', 'en-US', 'fr'].map((language) => `locales/${language}.pak`),
      ];
      const ours = [
        'LICENSE.txt',
        'THIRD-PARTY-LICENSES.txt',
        'tenant-keyring.cmd',
        'policies/TenantKeyring.admx',
        ...['de-DE', 'en-US', 'fr-FR'].map((language) => `policies/${language}/TenantKeyring.adml`),
      ];
      expect(beside.toSorted()).toEqual([...electron, ...ours].toSorted());
      const command = readFileSync(join(program(arch), 'tenant-keyring.cmd'), 'latin1');
      expect(command).not.toMatch(/[^\r]\n/);
      expect(command).toBe(readFileSync('assets/installer/tenant-keyring.cmd', 'latin1'));
    },
  );

  it.each(architectures)('is loaded as it is packed (%s)', (arch) => {
    const unpacked = join(packed.folder, `unpacked-${arch}`);
    mkdirSync(unpacked);
    extractAll(archive(arch), unpacked);
    const { main, signed, devDependencies, scripts } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    expect({ main, signed, devDependencies, scripts }).toEqual({
      main: manifest.main,
      signed: true,
      devDependencies: undefined,
      scripts: undefined,
    });
    const { profiles } = JSON.parse(
      execFileSync(process.execPath, [join(unpacked, main), 'cli', 'profiles', '--json', '--lang', 'fr'], { encoding: 'utf8' }),
    );
    expect(profiles.length).toBeGreaterThan(2);
    const exposed: string[] = [];
    const electron = { contextBridge: { exposeInMainWorld: (name: string) => exposed.push(name) }, ipcRenderer: {} };
    runInNewContext(readFileSync(join(unpacked, 'out/preload/index.cjs'), 'utf8'), {
      require: () => electron,
      process,
      exports: {},
      module: { exports: {} },
    });
    expect(exposed).toEqual(['keyring']);
  });

  it.each(architectures)('has every fuse set as it is said to be (%s)', async (arch) => {
    const { electronFuses } = builderConfiguration;
    const wire = await getCurrentFuseWire(join(program(arch), 'Tenant Keyring.exe'));
    const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name))) as (keyof typeof FuseV1Options)[];
    const read = names.map((name) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, wire[FuseV1Options[name]] === FuseState.ENABLE]);
    expect(Object.fromEntries(read)).toEqual(electronFuses);
    expect(electronFuses).toMatchObject({ runAsNode: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true });
  });

  it.each(architectures)('knows the hash of its archive, and has the icon in every size (%s)', (arch) => {
    const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(join(program(arch), 'Tenant Keyring.exe'))));
    const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
    const value = createHash('sha256')
      .update(getRawHeader(archive(arch)).headerString)
      .digest('hex');
    expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString())).toEqual([
      { file: String.raw`resources\app.asar`, alg: 'SHA256', value },
    ]);
    const [icons] = Resource.IconGroupEntry.fromEntries(entries);
    expect(icons?.icons.map(({ width }) => width || 256)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  });

  it('has update data that agree with the files, and a publisher whose updates alone are taken', () => {
    interface UpdateFile {
      readonly url: string;
      readonly sha512: string;
      readonly size: number;
    }
    const latest = readYaml(join(packed.folder, 'latest.yml')) as { version: string; path: string; sha512: string; files: UpdateFile[] };
    const setup = (arch: Arch) => `Tenant-Keyring-${manifest.version}-${arch}-setup.exe`;
    expect(latest).toMatchObject({ version: manifest.version, path: setup('x64'), sha512: latest.files[0]?.sha512 });
    expect(latest.files.map(({ url }) => url)).toEqual([setup('x64'), setup('arm64')]);
    for (const { url, sha512, size } of latest.files) {
      const bytes = readFileSync(join(packed.folder, url));
      expect({ size, sha512 }, url).toEqual({ size: bytes.length, sha512: createHash('sha512').update(bytes).digest('base64') });
    }
    for (const arch of architectures) {
      const update = readYaml(join(program(arch), 'resources/app-update.yml'));
      expect(update).toEqual({
        provider: 'generic',
        url: releaseEnvironment.TENANT_KEYRING_UPDATES,
        publisherName: [releaseEnvironment.TENANT_KEYRING_PUBLISHER],
        updaterCacheDirName: 'tenant-keyring-updater',
      });
    }
  });

  it('has everything signed that runs', () => {
    const names = packed.signed.map((path) => basename(path));
    const twice = (name: string) => [name, name];
    const setup = architectures.flatMap((arch) =>
      ['setup.exe', 'setup.__uninstaller.exe', 'portable.exe'].map((end) => `Tenant-Keyring-${manifest.version}-${arch}-${end}`),
    );
    expect(names.toSorted()).toEqual(
      [...twice('Tenant Keyring.exe'), ...twice('keytar.node'), ...twice('elevate.exe'), ...setup].toSorted(),
    );
  });

  // Of it 160 kB are the IMAP client, read only where a mailbox is counted over IMAP.
  it('stays small: at most 4.4 MB of bundles', () => {
    const files = listPackage(archive('x64'), { isPack: false })
      .map((path) => path.slice(1))
      .filter((path) => /\.\w+$/.test(path) && !path.startsWith('node_modules'));
    const size = (of: readonly string[]) => of.reduce((sum, path) => sum + extractFile(archive('x64'), path).length, 0);
    const bundles = size(files.filter((path) => path.startsWith('out/')));
    console.log(`bundles ${bundles} bytes, with texts and icon ${size(files)}`);
    expect(bundles).toBeGreaterThan(1_000_000);
    expect(bundles).toBeLessThanOrEqual(4_400_000);
  });
});
