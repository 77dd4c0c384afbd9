import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Configuration } from 'electron-builder';

const require = createRequire(import.meta.url);

/** Modules as electron-builder itself sees them. */
export const builder = createRequire(require.resolve('electron-builder/package.json'));

export function readYaml(path: string): unknown {
  return builder('js-yaml').load(readFileSync(path, 'utf8'));
}

export const builderConfiguration = readYaml('electron-builder.yml') as Configuration;
