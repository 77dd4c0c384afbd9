import en from '../../assets/i18n/en.json' with { type: 'json' };
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileTable } from '../../main/shell/served-files.ts';
import { importsOf } from '../lint/imports.ts';
import { argumentsOf, readTask, textAt } from '../unit/watch/read-task.ts';
import { isSaidByMain, saidFirst } from '../../renderer/vite.config.ts';

const built = existsSync('out/main/index.js') && existsSync('out/renderer/index.html');
if (!built) console.log('skipped, because nothing is built: npm run build');

describe.skipIf(!built)('what is built', () => {
  const files = built
    ? readdirSync('out', { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    : [];
  const scripts = files.filter((file) => /\.c?js$/.test(file));
  const under = (folder: string) => files.filter((file) => file.startsWith(`out/${folder}/`));
  const text = (file: string) => readFileSync(file, 'utf8');
  /** Files of the main process that are read with this one, or with `later` can be read from it at all. */
  const readWith = (file: string, later: boolean, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    const deferred = new Set([...text(file).matchAll(/\bimport\(.(\.\/[^"'`]+)/g)].map((match) => match[1]));
    for (const { specifier } of importsOf(file, text(file))) {
      if (specifier?.startsWith('./') && (later || !deferred.has(specifier)))
        readWith(join(dirname(file), specifier).replaceAll('\\', '/'), later, seen);
    }
    return seen;
  };

  it('is main process, preload script, pages and policy templates, nothing else, and no source maps', () => {
    expect(new Set(files.map((file) => file.split('/')[1]))).toEqual(new Set(['main', 'preload', 'renderer', 'policies']));
    expect(under('policies').every((file) => /\.adm[lx]$/.test(file))).toBe(true);
    // The entry, what is read from it when it is needed, and the worker in one file.
    const worker = 'out/main/pfx-worker.js';
    expect(under('main').toSorted()).toEqual([...readWith('out/main/index.js', true), worker].toSorted());
    expect(readWith(worker, true).size).toBe(1);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  it('gives the window every text but those that only main says, and the list its own first', () => {
    const english = under('renderer').filter((file) => /\/en-[^/]+\.js$/.test(file));
    const keysIn = (code: string) =>
      new Set([...code.matchAll(/(?<=["'`,])([a-z][\w.-]*\.[\w.-]+)(?=["'`,])/g)].map(([, key = '']) => key));
    const keys = Object.keys(en);
    const bundled = keysIn(english.map(text).join('\n'));
    const ofMain = keys.filter((key) => isSaidByMain(key));
    expect(ofMain.filter((key) => bundled.has(key))).toEqual([]);
    expect(keys.filter((key) => !isSaidByMain(key) && !bundled.has(key))).toEqual([]);
    // What the list's own scripts name, whole or up to what is put in.
    const first = [...text('out/renderer/index.html').matchAll(/<script[^>]* src="\.\/([^"]+)"/g)].map(
      ([, file = '']) => `out/renderer/${file}`,
    );
    expect(first.length).toBeGreaterThan(0);
    const ofList = [...new Set(first.flatMap((file) => [...readWith(file, false)]))].map(text).join('\n');
    const begun = [...ofList.matchAll(/`([a-z][a-z-]*(?:\.[a-z-]+)*\.)\$\{/g)].map(([, start = '']) => start);
    const named = keysIn(ofList);
    const said = keys.filter((key) => named.has(key) || begun.some((start) => key.startsWith(start)));
    expect(said.length).toBeGreaterThan(60);
    expect(said.filter((key) => !isSaidByMain(key) && !saidFirst.test(key))).toEqual([]);
  });

  it('imports nothing but Electron, Node, keytar and itself', () => {
    for (const file of under('main')) {
      const foreign = importsOf(file, text(file))
        .map((each) => String(each.specifier))
        .filter(
          (specifier) =>
            !specifier.startsWith('node:') && !builtinModules.includes(specifier) && specifier !== 'electron' && specifier !== 'keytar',
        )
        .filter((specifier) => !specifier.startsWith('./') || !existsSync(join(dirname(file), specifier)));
      expect(foreign, file).toEqual([]);
    }
  });

  it('needs Electron for the window alone', () => {
    for (const file of under('main'))
      expect(
        importsOf(file, text(file)).map((each) => each.specifier),
        file,
      ).not.toContain('electron');
    const asking = under('main').filter((file) => /\(.electron.\)/.test(text(file)));
    expect(asking).toHaveLength(1);
    // What the command line itself is read with, later too, never asks for Electron: the window does, and its host inside Electron.
    const roots = importsOf('out/main/index.js', text('out/main/index.js')).map(({ specifier }) => `out/main/${specifier?.slice(2)}`);
    const inElectron = roots.filter((file) => readWith(file, true).has(asking[0] ?? ''));
    expect(inElectron.map((file) => file.replace(/-[\w-]{8}\.js$/, '')).toSorted()).toEqual(['out/main/command-line', 'out/main/shell']);
    for (const name of ['io', 'run']) expect(roots.filter((file) => !inElectron.includes(file)).join(' ')).toContain(`out/main/${name}-`);
  });

  it('reads neither sign-in client, Graph client, certificate builder nor practice tenant before they are needed', () => {
    const begun = under('main')
      .filter((file) => /\/(shell|run|io)-/.test(file))
      .flatMap((file) => [...readWith(file, false)]);
    expect(begun.length).toBeGreaterThan(3);
    // A word of each that no minifier takes away.
    for (const trace of [
      'acquireTokenInteractive',
      'X-AnchorMailbox',
      'middlewareOptions',
      'getTBSCertificate',
      'The practice tenant does not have',
    ]) {
      expect(
        under('main').filter((file) => text(file).includes(trace)),
        trace,
      ).not.toEqual([]);
      expect(
        begun.filter((file) => text(file).includes(trace)),
        trace,
      ).toEqual([]);
    }
  });

  it('has one small CommonJS preload script that requires Electron alone', () => {
    expect(under('preload')).toEqual(['out/preload/index.cjs']);
    const script = text('out/preload/index.cjs');
    expect([...script.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
    expect(script).not.toContain('Electron failed to install');
    expect(statSync('out/preload/index.cjs').size).toBeLessThan(5000);
  });

  it('has pages without inline or remote scripts, and every file they name is served', () => {
    const page = text('out/renderer/index.html');
    const scriptTags = [...page.matchAll(/<script\b([^>]*)>([^<]*)<\/script>/g)];
    expect(scriptTags.length).toBeGreaterThan(0);
    for (const [, attributes, body] of scriptTags) {
      expect(attributes).toContain(' src="./');
      expect(body?.trim()).toBe('');
    }
    expect(page).not.toMatch(/<style|\son\w+=|style="/);
    const served = fileTable('out/renderer');
    const named = [...page.matchAll(/(?:src|href)="\.([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(1);
    for (const address of ['/index.html', ...named]) expect(existsSync(served.get(address) ?? ''), address).toBe(true);
  });

  it('validates fields in the main process only: no schema library in the pages', () => {
    const pages = scripts.filter((file) => file.startsWith('out/renderer/'));
    expect(pages.length).toBeGreaterThan(0);
    for (const file of pages) expect(text(file).includes('ZodError') || text(file).includes('_zod'), file).toBe(false);
  });

  it('holds no test code and no path of the machine that built it', () => {
    for (const file of scripts) {
      for (const trace of ['vitest', 'fast-check', 'onTestFinished', 'playwright', 'keyring.invalid', process.cwd()])
        expect(text(file).includes(trace), `${file}: ${trace}`).toBe(false);
    }
  });

  it('runs: version and a fault in words', () => {
    const version = execFileSync(process.execPath, ['out/main/index.js', 'cli', '--version'], { encoding: 'utf8' });
    expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(() => execFileSync(process.execPath, ['out/main/index.js', 'cli', 'nonsense', '--lang', 'en'], { stdio: 'pipe' })).toThrow(
      /no verb “nonsense”/,
    );
  });

  it('knows how Task Scheduler starts it again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-built-'));
    try {
      const file = join(folder, 'task.xml');
      execFileSync(
        process.execPath,
        ['out/main/index.js', 'cli', 'watch', '--task-file', file, '--task-user', 'CONTOSO\\anna', '--data-dir', join(folder, 'data')],
        { stdio: 'pipe' },
      );
      const task = readTask(readFileSync(file));
      const [script = '', ...args] = argumentsOf(textAt(task, 'Actions/Exec/Arguments'));
      expect([textAt(task, 'Actions/Exec/Command'), script]).toEqual([process.execPath, resolve('out/main/index.js')]);
      const run = spawnSync(textAt(task, 'Actions/Exec/Command'), [script, ...args], { encoding: 'utf8' });
      expect({ code: run.status, args: args.slice(0, 3), stderr: run.stderr }).toEqual({
        code: 0,
        args: ['cli', 'watch', '--scheduled'],
        stderr: '',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
