import { readFile } from 'node:fs/promises';
import { Fault } from '../faults.ts';
import type { Values } from './registry.ts';

/**
 * The file that may hold policies; only an administrator of the computer can write there, and nothing in the environment
 * leads elsewhere. Null on Windows: any user may create folders in ProgramData, so that policies come from the registry alone.
 */
export function policyFile(platform: NodeJS.Platform): string | null {
  if (platform === 'win32') return null;
  return platform === 'darwin' ? '/Library/Application Support/Tenant Keyring/policies.json' : '/etc/tenant-keyring/policies.json';
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
