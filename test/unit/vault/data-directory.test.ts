import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataDirectory, defaultDataDirectory } from '../../../main/vault/index.ts';
import { networkLocation, typedLocation } from '../../../main/vault/network-path.ts';
import { privateFolder, skippedWhere } from '../../system.ts';
import { scratch } from './samples.ts';

const platform = process.platform;

describe('the default place', () => {
  test.for([
    [
      'win32',
      { LOCALAPPDATA: String.raw`C:\Users\jd\AppData\Local`, APPDATA: String.raw`\\server\roaming` },
      String.raw`C:\Users\jd\AppData\Local\Tenant Keyring`,
    ],
    ['win32', { USERPROFILE: String.raw`C:\Users\jd` }, String.raw`C:\Users\jd\AppData\Local\Tenant Keyring`],
    ['linux', { XDG_DATA_HOME: '/data', HOME: '/home/jd' }, '/data/tenant-keyring'],
    ['linux', { HOME: '/home/jd' }, '/home/jd/.local/share/tenant-keyring'],
    ['linux', {}, `${homedir()}/.local/share/tenant-keyring`],
    ['linux', { HOME: '' }, `${homedir()}/.local/share/tenant-keyring`],
    ['linux', { XDG_DATA_HOME: 'relative', HOME: '/home/jd' }, '/home/jd/.local/share/tenant-keyring'],
    ['darwin', { HOME: '/Users/jd' }, '/Users/jd/Library/Application Support/Tenant Keyring'],
  ] as const)('%s %j', ([system, env, expected]) => {
    expect(defaultDataDirectory(env, system)).toBe(expected);
  });

  test.for([{}, { LOCALAPPDATA: '' }])('Windows without any profile has none: %j', (env) => {
    expect(() => defaultDataDirectory(env, 'win32')).toThrow(expect.objectContaining({ code: 'data.no-place' }));
  });
});

describe('the chosen place', () => {
  test('is created, for this user only, and left empty', () => {
    const directory = dataDirectory({ override: join(scratch(), 'a', 'b'), env: {}, platform });
    expect(statSync(directory).mode & 0o777).toBe(privateFolder);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('has practice data in its subfolder', () => {
    const root = scratch();
    expect(dataDirectory({ override: root, env: {}, platform, practice: true })).toBe(join(root, 'practice'));
    expect(readdirSync(root)).toEqual(['practice']);
  });

  test.for([
    ['a file', 'file'],
    ['below a file', 'file/below'],
  ])('%s is not a folder', ([, name]) => {
    const root = scratch();
    writeFileSync(join(root, 'file'), '');
    expect(() => dataDirectory({ override: join(root, name ?? ''), env: {}, platform })).toThrow(
      expect.objectContaining({ code: 'data.not-a-folder', params: { path: join(root, name ?? '') } }),
    );
  });

  test('what cannot be written says why', skippedWhere(platform !== 'linux', 'only Linux has a folder that refuses everybody'), () => {
    // The kernel refuses new folders in /proc to everybody, root included.
    expect(() => dataDirectory({ override: '/proc/tenant-keyring', env: {}, platform })).toThrow(
      expect.objectContaining({ code: 'data.not-writable', params: { path: '/proc/tenant-keyring', reason: 'ENOENT' } }),
    );
  });

  test('an empty name is no place', () => {
    expect(() => dataDirectory({ override: ' ', env: {}, platform })).toThrow(expect.objectContaining({ code: 'data.no-place' }));
  });

  test.for([
    [String.raw`\\files01\it\keyring`, String.raw`\\files01\it`],
    ['smb://files01/it/keyring', 'smb://files01'],
    ['DAV+x.1-s://files01', 'DAV+x.1-s://files01'],
  ])('an address of a server is refused on every system, before a folder of that name is made: %s', ([path, location]) => {
    expect(() => dataDirectory({ override: path ?? '', env: {}, platform })).toThrow(
      expect.objectContaining({ code: 'data.network-path', params: { path, location } }),
    );
  });

  test.for(['folder/smb://x', 'smb:/x', '1smb://x', String.raw`C:\Data\\x`, '/srv/keyring'])('%s is no address of a server', (path) => {
    expect(typedLocation(path)).toBeNull();
  });

  test('a UNC path is refused with its server before anything is touched', () => {
    const path = String.raw`\\files01\it\keyring`;
    expect(() => dataDirectory({ env: { LOCALAPPDATA: path }, platform: 'win32' })).toThrow(
      expect.objectContaining({ code: 'data.network-path', params: expect.objectContaining({ location: String.raw`\\files01\it` }) }),
    );
  });
});

/** Resolves the paths of a table; nothing else exists. */
const only =
  (table: Record<string, string>) =>
  (path: string): string => {
    const found = table[path];
    if (found === undefined) throw new Error('ENOENT');
    return found;
  };

const windows = (path: string, drives: Record<string, string> = {}): string | null =>
  networkLocation(path, 'win32', { mounts: () => '', realpath: only(drives) });

const linux = (path: string, mounts: string, links = { [path]: path }): string | null =>
  networkLocation(path, 'linux', { mounts: () => mounts, realpath: only(links) });

describe('network locations', () => {
  test.for([
    [String.raw`\\files01\it\keyring`, String.raw`\\files01\it`],
    ['//files01/it/keyring', String.raw`\\files01\it`],
    [String.raw`\\?\UNC\files01\it\keyring`, String.raw`\\files01\it`],
    [String.raw`\\files01`, String.raw`\\files01`],
    [String.raw`\\wsl$\Debian\home`, String.raw`\\wsl$\Debian`],
    [String.raw`\\?\C:\Keyring`, null],
    [String.raw`C:\Keyring`, null],
  ] as const)('%s', ([path, server]) => {
    expect(windows(path)).toBe(server);
  });

  test('a mapped drive is seen through, a substituted one is local', () => {
    const drives = { 'Z:\\': String.raw`\\files01\it`, 'S:\\': String.raw`C:\Data` };
    expect(windows(String.raw`Z:\not\yet\there`, drives)).toBe(String.raw`\\files01\it`);
    expect(windows(String.raw`S:\not\yet\there`, drives)).toBeNull();
  });

  test('the deepest mount decides on Linux', () => {
    const mounts = [
      '/dev/sda1 / ext4 rw 0 0',
      'files01:/home /home nfs4 rw 0 0',
      String.raw`//files01/it /mnt/it\040share cifs rw 0 0`,
      '/dev/sdb1 /home/local ext4 rw 0 0',
      '',
    ].join('\n');
    expect(linux('/home/jd', mounts)).toBe('files01:/home');
    expect(linux('/mnt/it share/keyring', mounts)).toBe('//files01/it');
    expect(linux('/home/local/jd', mounts)).toBeNull();
    expect(linux('/homestead', mounts)).toBeNull();
    expect(linux('/home', mounts)).toBe('files01:/home');
    const reversed = mounts.split('\n').toReversed().join('\n');
    expect(linux('/home/local/jd', reversed)).toBeNull();
    expect(linux('/home/jd', reversed)).toBe('files01:/home');
  });

  test('of two mounts on one place the later one decides, and the root may be one', () => {
    const [disk, server] = ['/dev/sdb1 /srv ext4 rw 0 0', 'files01:/srv /srv nfs4 rw 0 0'];
    expect(linux('/srv/x', `${disk}\n${server}`)).toBe('files01:/srv');
    expect(linux('/srv/x', `${server}\n${disk}`)).toBeNull();
    expect(linux('/x', 'files01:/root / nfs rw 0 0')).toBe('files01:/root');
  });

  test('what cannot be told is taken for local: lines that say too little, no table, another system', () => {
    expect(linux('/srv/x', 'files01:/srv\nfiles01:/srv /srv\n\n')).toBeNull();
    const realpath = (path: string) => path;
    const mounts = () => {
      throw new Error('no /proc');
    };
    expect(networkLocation('/srv/x', 'linux', { realpath, mounts })).toBeNull();
    expect(networkLocation('/srv/x', 'darwin', { realpath, mounts: () => 'files01:/srv / nfs rw 0 0' })).toBeNull();
  });

  test('a link to a network mount is followed', () => {
    const mounts = 'a / ext4 rw 0 0\nfiles01:/srv /net nfs rw 0 0\n';
    expect(linux('/srv/keyring', mounts, { '/srv': '/net/srv' })).toBe('files01:/srv');
  });

  test('this very machine answers', () => {
    const directory = join(scratch(), 'x');
    mkdirSync(directory);
    expect(networkLocation(directory, platform)).toBeNull();
  });
});
