import { describe, expect, it } from 'vitest';
import { publishersIn } from '../../../main/shell/updates/publishers.ts';
import {
  isPerMachine,
  updateObstacle,
  type Installation,
  type InstalledFiles,
  type UpdateObstacle,
} from '../../../main/shell/updates/obstacle.ts';

const executable = 'C:\\Users\\anna\\AppData\\Local\\Programs\\Tenant Keyring\\Tenant Keyring.exe';
const installed: Installation = {
  platform: 'win32',
  packaged: true,
  executable,
  resources: 'C:\\Users\\anna\\AppData\\Local\\Programs\\Tenant Keyring\\resources',
  env: {},
  forbidden: false,
};
const settings =
  "provider: generic\nurl: https://updates.example.com/\npublisherName:\n  - 'CN=Example, O=Example'\nupdaterCacheDirName: tenant-keyring-updater\n";

function files(more: Partial<InstalledFiles> = {}): InstalledFiles {
  return {
    exists: (path) => path === 'C:\\Users\\anna\\AppData\\Local\\Programs\\Tenant Keyring\\Uninstall Tenant Keyring.exe',
    read: (path) => (path.endsWith('resources\\app-update.yml') ? settings : ''),
    writable: () => true,
    ...more,
  };
}

const missing: InstalledFiles['read'] = () => {
  throw new Error('ENOENT');
};

const obstacles: readonly (readonly [UpdateObstacle, Partial<Installation>, Partial<InstalledFiles>])[] = [
  ['policy', { forbidden: true }, {}],
  ['development', { packaged: false }, {}],
  ['elsewhere', { platform: 'linux' }, {}],
  ['portable', { env: { PORTABLE_EXECUTABLE_FILE: 'E:\\Tenant Keyring.exe' } }, {}],
  ['package', {}, { exists: () => false }],
  ['unsigned', {}, { read: () => 'provider: generic\nurl: https://updates.example.com/\n' }],
  ['unsigned', {}, { read: () => 'publisherName:\nprovider: generic\n' }],
  ['unsigned', {}, { read: missing }],
  ...['[]', 'null', "''", '""', '~', '{}', '# nobody', "\n  - ''", '\n  - ""', '\n  - null', '\n  - Contoso\n  - ""', '\n  -'].map(
    (publisher): (typeof obstacles)[number] => ['unsigned', {}, { read: () => `publisherName: ${publisher}\nurl: https://x.example/\n` }],
  ),
];

describe('the publishers that app-update.yml names', () => {
  it.each([
    ['Contoso', ['Contoso']],
    ["'CN=Contoso, O=\\'\\'Contoso\\'\\''".replaceAll('\\', ''), ["CN=Contoso, O='Contoso'"]],
    ['"Contoso" # the old one', ['Contoso']],
    ['\n  - Contoso Software GmbH\n  - "Contoso #2"\n', ['Contoso Software GmbH', 'Contoso #2']],
    ['\n- Contoso', ['Contoso']],
  ])('%j', (written, names) => {
    expect(publishersIn(`url: x\npublisherName: ${written}\nupdaterCacheDirName: y\n`)).toEqual(names);
  });
});

describe('an installation', () => {
  it('that the NSIS installer made, with a publisher named, can be brought up to date', () => {
    expect(updateObstacle(installed, files())).toBeNull();
  });

  it.each(obstacles)('cannot, because of: %s (%o)', (reason, where, more) => {
    expect(updateObstacle({ ...installed, ...where }, files(more))).toBe(reason);
  });

  it('for all users is one in whose folder this user cannot write', () => {
    const asked: string[] = [];
    const answer = (writable: boolean) => files({ writable: (folder) => asked.push(folder) > 0 && writable });
    expect([isPerMachine(installed, answer(true)), isPerMachine(installed, answer(false))]).toEqual([false, true]);
    expect(new Set(asked)).toEqual(new Set(['C:\\Users\\anna\\AppData\\Local\\Programs\\Tenant Keyring']));
  });
});
