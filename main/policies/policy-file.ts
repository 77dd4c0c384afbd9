import { readFile } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { Fault } from '../faults.ts';
import type { Values } from './registry.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Files that may hold policies, the first that exists counts. Windows: the known folder ProgramData. macOS: the system's
 * Application Support. Elsewhere: the system's configuration folders (XDG Base Directory Specification).
 */
export function policyFiles(env: Environment, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') return [win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'TenantKeyring', 'policies.json')];
  if (platform === 'darwin') return ['/Library/Application Support/Tenant Keyring/policies.json'];
  const folders = (env['XDG_CONFIG_DIRS'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  return (folders.length > 0 ? folders : ['/etc/xdg']).map((folder) => posix.join(folder, 'tenant-keyring', 'policies.json'));
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** @throws Fault policy.unreadable: a restriction that cannot be read must not be taken for none */
export async function readPolicyFile(path: string): Promise<Values | null> {
  try {
    const text = await readFile(path, 'utf8');
    const found: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return { ...found };
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new Fault('policy.unreadable', { cause, params: { source: path } });
  }
  throw new Fault('policy.unreadable', { params: { source: path } });
}
