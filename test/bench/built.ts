import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const project = join(import.meta.dirname, '../..');
export const bundle = join(project, 'out/main/index.js');

/** So that the bundle of these sources is measured, not yesterday's. */
export function buildIfStale(): void {
  const built = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  const sources = globSync(['{main,preload,renderer}/**/*.{ts,tsx}', 'assets/**/*.json', 'build.ts', 'package-lock.json'], {
    cwd: project,
  });
  if (!sources.some((path) => statSync(join(project, path)).mtimeMs > built)) return;
  const { status, stderr } = spawnSync(process.execPath, ['build.ts'], { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
}
