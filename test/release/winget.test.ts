import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWingetManifests } from '../../dist.ts';
import manifest from '../../package.json' with { type: 'json' };
import { scratchFolder } from '../unit/certificates/samples.ts';
import { builderConfiguration, readYaml } from './builder-configuration.ts';
import { releaseEnvironment } from './stand-in/packing.ts';

/** A folder as `npm run dist` leaves it. */
function built(mark = '') {
  const folder = scratchFolder();
  const names = ['x64-setup', 'arm64-setup', 'x64-portable'].map((name) => `Tenant-Keyring-${manifest.version}-${name}${mark}.exe`);
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, path);
  return { folder, names, paths };
}

it('winget gets both setup programs, for one user and for all, by address and hash', async () => {
  const { folder, names, paths } = built();
  const written = await writeWingetManifests(paths, releaseEnvironment);
  const read = Object.fromEntries(written.map((path) => [path.slice(folder.length + 1), readYaml(path) as Record<string, unknown>]));
  const id = 'TenantKeyring.TenantKeyring';
  expect(Object.keys(read)).toEqual(
    [`winget/${id}.yaml`, `winget/${id}.installer.yaml`, `winget/${id}.locale.en-US.yaml`].map((path) => join(path)),
  );
  for (const each of Object.values(read))
    expect(each).toMatchObject({ PackageIdentifier: id, PackageVersion: manifest.version, ManifestVersion: '1.6.0' });
  const [version, installer, locale] = Object.values(read);
  expect(version).toMatchObject({ ManifestType: 'version', DefaultLocale: 'en-US' });
  expect(locale).toMatchObject({
    ManifestType: 'defaultLocale',
    Publisher: releaseEnvironment.TENANT_KEYRING_PUBLISHER,
    License: manifest.license,
  });
  const expected = (['x64', 'arm64'] as const).flatMap((architecture, index) =>
    (
      [
        ['user', '/currentuser'],
        ['machine', '/allusers'],
      ] as const
    ).map(([scope, custom]) => ({
      Architecture: architecture,
      InstallerType: 'nullsoft',
      Scope: scope,
      InstallerUrl: `${releaseEnvironment.TENANT_KEYRING_UPDATES}/${names[index]}`,
      InstallerSha256: createHash('sha256')
        .update(readFileSync(paths[index] ?? ''))
        .digest('hex')
        .toUpperCase(),
      ProductCode: builderConfiguration.nsis?.guid,
      InstallerSwitches: { Custom: custom },
    })),
  );
  expect(installer).toMatchObject({ ManifestType: 'installer', Installers: expected });
});

it('winget gets nothing where nobody knows who publishes it and where, or what is not signed', async () => {
  expect(await writeWingetManifests(built().paths, {})).toEqual([]);
  expect(await writeWingetManifests(built('-unsigned').paths, releaseEnvironment)).toEqual([]);
});
