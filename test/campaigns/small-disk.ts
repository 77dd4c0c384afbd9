import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Enough for one data directory, and soon filled. */
const size = '4m';

/**
 * Runs a program with a small disk of its own, which only that program sees (Linux: `unshare` of util-linux, and a kernel that
 * lets users have namespaces).
 *
 * @param args gets the folder of the disk
 * @returns its exit code; null where there is no such disk here
 */
export function onSmallDisk(args: (folder: string) => readonly string[]): number | null {
  const unshare = ['--map-root-user', '--mount', 'sh', '-c'];
  if (spawnSync('unshare', [...unshare, 'true']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-disk-'));
  const mounted = `mount -t tmpfs -o size=${size} tmpfs "$0" && exec "$@"`;
  const ended = spawnSync('unshare', [...unshare, mounted, folder, process.execPath, ...args(folder)], { stdio: 'inherit' });
  rmdirSync(folder);
  return ended.status;
}
