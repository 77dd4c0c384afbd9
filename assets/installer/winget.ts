import { setupGuid } from './msi-project.ts';

export interface WingetRelease {
  readonly version: string;
  /** Common name in the signing certificate. */
  readonly publisher: string;
  /** Where the setup programs are served. */
  readonly address: string;
  readonly setups: readonly { readonly file: string; readonly architecture: 'x64' | 'arm64'; readonly sha256: string }[];
}

/** By this name administrators install it. Fixed for ever, like the guid. */
export const wingetIdentifier = 'TenantKeyring.TenantKeyring';
const schema = '1.6.0';

/** Every value in double quotation marks: JSON's strings are YAML's. */
const line = (name: string, value: string, indent = ''): string => `${indent}${name}: ${JSON.stringify(value)}`;

const manifest = (type: string, version: string, lines: readonly string[]): string =>
  [
    `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${schema}.schema.json`,
    line('PackageIdentifier', wingetIdentifier),
    line('PackageVersion', version),
    ...lines,
    line('ManifestType', type),
    line('ManifestVersion', schema),
    '',
  ].join('\n');

/** The same file for one user and for all: winget's `--scope` chooses the switch. */
const scopes = { user: '/currentuser', machine: '/allusers' } as const;

/**
 * What `winget` installs the setup programs by ("Create your package manifest", Microsoft Learn): three files, for a
 * repository of manifests or for `winget install --manifest FOLDER`.
 *
 * @returns texts by file name
 */
export function wingetManifests({ version, publisher, address, setups }: WingetRelease): Readonly<Record<string, string>> {
  const installers = setups.flatMap(({ file, architecture, sha256 }) =>
    Object.entries(scopes).flatMap(([scope, custom]) => [
      line('Architecture', architecture, '  - '),
      line('InstallerType', 'nullsoft', '    '),
      line('Scope', scope, '    '),
      line('InstallerUrl', new URL(file, address.endsWith('/') ? address : `${address}/`).href, '    '),
      line('InstallerSha256', sha256.toUpperCase(), '    '),
      line('ProductCode', setupGuid, '    '),
      '    InstallerSwitches:',
      line('Custom', custom, '      '),
    ]),
  );
  return {
    [`${wingetIdentifier}.yaml`]: manifest('version', version, [line('DefaultLocale', 'en-US')]),
    [`${wingetIdentifier}.installer.yaml`]: manifest('installer', version, [
      line('MinimumOSVersion', '10.0.14393.0'),
      line('UpgradeBehavior', 'install'),
      '# Older than what is installed.',
      'ExpectedReturnCodes:',
      '  - InstallerReturnCode: 1638',
      line('ReturnResponse', 'alreadyInstalled', '    '),
      'Installers:',
      ...installers,
    ]),
    [`${wingetIdentifier}.locale.en-US.yaml`]: manifest('defaultLocale', version, [
      line('PackageLocale', 'en-US'),
      line('Publisher', publisher),
      line('PackageName', 'Tenant Keyring'),
      line('License', 'MIT'),
      line('ShortDescription', 'Connects MailStore Server and similar server software to Microsoft 365, and proves it.'),
      'Tags:',
      '  - entra-id',
      '  - mailstore',
      '  - microsoft-365',
    ]),
  };
}
