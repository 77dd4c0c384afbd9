import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { importsOf } from '../lint/imports.ts';

const built = existsSync('out/main/index.js');
if (!built) console.log('skipped, because nothing is built: npm run build');

describe.skipIf(!built)('what is built', () => {
  const files = built ? readdirSync('out', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/')) : [];

  it('is one file of the main process and one worker, nothing else', () => {
    expect(files.toSorted()).toEqual(['out/main/index.js', 'out/main/pfx-worker.js']);
  });

  it('imports nothing but Electron, Node and keytar', () => {
    for (const file of files) {
      const foreign = importsOf(file, readFileSync(file, 'utf8'))
        .map((each) => each.specifier)
        .filter((specifier) => !specifier.startsWith('node:') && !builtinModules.includes(specifier) && specifier !== 'electron' && specifier !== 'keytar');
      expect(foreign, file).toEqual([]);
    }
  });

  it('holds no test code and no path of the machine that built it', () => {
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      for (const trace of ['vitest', 'fast-check', 'onTestFinished', process.cwd()]) expect(text.includes(trace), `${file}: ${trace}`).toBe(false);
    }
  });

  it('runs: version and a fault in words', () => {
    const version = execFileSync(process.execPath, ['out/main/index.js', 'cli', '--version'], { encoding: 'utf8' });
    expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(() => execFileSync(process.execPath, ['out/main/index.js', 'cli', 'nonsense', '--lang', 'en'], { stdio: 'pipe' })).toThrow(/no verb “nonsense”/);
  });
});
