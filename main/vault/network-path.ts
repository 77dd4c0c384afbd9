import { readFileSync, realpathSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { PlatformPath } from 'node:path';

/** What is asked of the file system; replaced in tests, because a test machine has no file server. */
export interface FileSystemProbe {
  /** The path with links, `subst` and mapped drives resolved; throws when it does not exist. */
  realpath(path: string): string;
  /** The mount table in the form of fstab(5). */
  mounts(): string;
}

const systemProbe: FileSystemProbe = {
  // The native form resolves a mapped drive to its `\\server\share` (GetFinalPathNameByHandleW), the other one does not.
  realpath: (path) => realpathSync.native(path),
  mounts: () => readFileSync('/proc/self/mounts', 'utf8'),
};

// SQLite: "WAL does not work over a network filesystem" (sqlite.org/wal.html).
const networkFileSystems = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ncpfs',
  'afs',
  'ceph',
  'coda',
  'davfs',
  'fuse.sshfs',
  'fuse.rclone',
  'fuse.davfs2',
  'fuse.glusterfs',
  'glusterfs',
]);

/**
 * Names the server or mount a path lies on, or null when it lies on a local disk. The path need not exist: its nearest
 * existing parent decides. Windows: UNC paths and mapped drives; Linux: the mount table; elsewhere always null.
 */
export function networkLocation(path: string, platform: NodeJS.Platform, probe: FileSystemProbe = systemProbe): string | null {
  if (platform === 'win32') return uncServer(path) ?? uncServer(existingParent(path, win32, probe));
  if (platform === 'linux') return networkMount(existingParent(path, posix, probe), probe);
  return null;
}

/** The server of a path typed as `\\server\share` or `smb://server/share`, which elsewhere than on Windows would be a folder of that name. */
export function typedLocation(path: string): string | null {
  return path.startsWith('\\\\') ? uncServer(path) : (/^[a-z][a-z0-9+.-]+:\/\/[^/]*/i.exec(path)?.[0] ?? null);
}

/** `\\server\share` of a UNC path in any spelling; null for drives, also for `\\?\C:\` (Win32 file namespaces). */
function uncServer(path: string): string | null {
  const backslashed = path.replaceAll('/', '\\').replace(/^\\\\[?.]\\UNC\\/i, '\\\\');
  if (/^\\\\[?.]\\/.test(backslashed)) return null;
  return /^\\\\[^\\]+(?:\\[^\\]+)?/.exec(backslashed)?.[0] ?? null;
}

function existingParent(path: string, paths: PlatformPath, probe: FileSystemProbe): string {
  for (let candidate = path; ; candidate = paths.dirname(candidate)) {
    try {
      return probe.realpath(candidate);
    } catch {
      // A drive that is not there cannot be validated; creating the folder will fail and say so.
      if (paths.dirname(candidate) === candidate) return candidate;
    }
  }
}

function networkMount(path: string, probe: FileSystemProbe): string | null {
  let deepest = { point: '', source: '', type: '' };
  for (const line of mountLines(probe)) {
    const [source, point, type] = line.split(' ').map(unescapeMount);
    if (source === undefined || point === undefined || type === undefined) continue;
    const holds = point === '/' || path === point || path.startsWith(`${point}/`);
    // Later lines cover earlier ones on the same mount point.
    if (holds && point.length >= deepest.point.length) deepest = { point, source, type };
  }
  return networkFileSystems.has(deepest.type) ? deepest.source : null;
}

function mountLines(probe: FileSystemProbe): string[] {
  try {
    return probe.mounts().split('\n');
  } catch {
    return []; // no /proc, as in some containers
  }
}

/** fstab(5) writes space, tab, newline and backslash as octal. */
function unescapeMount(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));
}
