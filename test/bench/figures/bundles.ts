import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure, FigureGroup } from '../figure.ts';
import { buildIfStale } from '../built.ts';

const out = join(import.meta.dirname, '../../../out');

/** The file of the main process with this name, and all that is read with it, not later. */
function begun(name: string): string[] {
  const files = globSync(`main/${name}-*.js`, { cwd: out });
  for (const file of files) {
    const code = readFileSync(join(out, file), 'utf8');
    // `import(…)` is what is read later.
    for (const [, specifier = ''] of code.matchAll(/\b(?:from|import)\s*["'`](\.\/[^"'`]+)/g)) {
      const path = join(dirname(file), specifier);
      if (!files.includes(path)) files.push(path);
    }
  }
  return files;
}

/** What is installed and loaded, in kB; the baseline is the same gzipped. */
export function bundleSizes(): Promise<FigureGroup> {
  buildIfStale();
  const figure = (name: string, pattern: string | readonly string[], goal: number | null): Figure => {
    const files = (typeof pattern === 'string' ? globSync(pattern, { cwd: out }) : pattern).map((path) => readFileSync(join(out, path)));
    const size = (of: readonly Buffer[]) => of.reduce((sum, { length }) => sum + length, 0) / 1000;
    return { name, value: size(files), unit: 'kB', goal, baseline: { name: 'gzipped', value: size(files.map((file) => gzipSync(file))) } };
  };
  return Promise.resolve({
    title: 'Sizes of the bundles',
    how: 'The built files, minified.',
    figures: [
      figure('main', 'main/!(*-worker).js', null),
      figure('of it, read with the command line’s first word', begun('run'), null),
      figure('of it, read before there is a window', begun('shell'), null),
      figure('worker that builds and reads PFX files', 'main/pfx-worker.js', null),
      figure('preload', 'preload/index.cjs', 5),
      figure('renderer, scripts', 'renderer/**/*.js', null),
      figure('all', '**/*.*', 4000),
    ],
  });
}
