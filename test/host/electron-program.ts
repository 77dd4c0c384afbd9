import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Of the repository. */
export const root = join(import.meta.dirname, '../..');

/** Path of Electron's program; its package fetches it when it is first asked for. Null when it cannot. */
export function electronProgram(): string | null {
  const asked = spawnSync(process.execPath, ['-p', "require('electron')"], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return asked.status === 0 ? (asked.stdout.trim().split('\n').at(-1) ?? null) : null;
}
