import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure, FigureGroup } from '../figure.ts';
import { buildIfStale } from '../built.ts';

const out = join(import.meta.dirname, '../../../out');

/** What is installed and loaded, in kB; the baseline is the same gzipped. */
export function bundleSizes(): Promise<FigureGroup> {
  buildIfStale();
  const figure = (name: string, pattern: string, goal: number | null): Figure => {
    const files = globSync(pattern, { cwd: out }).map((path) => readFileSync(join(out, path)));
    const size = (of: readonly Buffer[]) => of.reduce((sum, { length }) => sum + length, 0) / 1000;
    return { name, value: size(files), unit: 'kB', goal, baseline: { name: 'gzipped', value: size(files.map((file) => gzipSync(file))) } };
  };
  return Promise.resolve({
    title: 'Sizes of the bundles',
    how: 'The built files, minified.',
    figures: [figure('main', 'main/index.js', null), figure('worker that builds PFX files', 'main/pfx-worker.js', null), figure('worker that reads PFX files', 'main/read-pfx-worker.js', null), figure('preload', 'preload/index.cjs', 5), figure('renderer, scripts', 'renderer/**/*.js', null), figure('all', '**/*.*', 4000)],
  });
}
