import { globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { parts, type Part } from './scores.ts';

const usage = `npm run mutants -- FOLDER [--test FILE]… [--anew] [--apart]
Changes the program in many small ways, one after the other, and tells which of them the tests do not notice.
  FOLDER   ${Object.keys(parts).join(', ')}; or a folder or file of main
  --test   one of the tests that have to notice; without it, those of the table, or all
  --anew   runs every mutant; else those whose code and tests are as they were keep what they came to
  --apart  gives each mutant a thread and modules of its own, which takes much longer: the results must be the same`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    test: { type: 'string', multiple: true },
    anew: { type: 'boolean', default: false },
    apart: { type: 'boolean', default: false },
  },
});
const [named] = positionals;
if (named === undefined || positionals.length > 1) {
  console.error(usage);
  process.exit(2);
}

const everything = ['test/unit', 'test/contract', 'test/practice'];

/** The part of this name, or the one that this folder or file belongs to. */
function partOf(name: string): Part {
  const known = parts[name];
  if (known !== undefined) return known;
  const mutated = [name.replace(/\/$/, '')];
  const around = Object.values(parts).find((part) => part.mutated.some((path) => `${mutated[0]}/`.startsWith(`${path}/`)));
  return { mutated, tests: around?.tests ?? everything, least: around?.least ?? 0 };
}

const isFolder = (path: string): boolean => statSync(path).isDirectory();
const within = (paths: readonly string[], pattern: string): string[] =>
  paths.flatMap((path) => (isFolder(path) ? globSync(join(path, pattern)) : [path]));

/** A module that is a thread of its own talks to whoever loads it. */
const isThread = (file: string): boolean => readFileSync(file, 'utf8').includes('parentPort');

/** In a process of its own no mutant is at work, so what is started there notices none. */
const startsProcesses = (file: string): boolean => readFileSync(file, 'utf8').includes('node:child_process');

const { mutated, tests, least } = partOf(named);
const folder = '.mutants';
mkdirSync(folder, { recursive: true });
const report = join(folder, `${basename(named, '.ts')}${values.apart ? '-apart' : ''}`);

const quickFirst = ['test/unit/', 'test/contract/', 'test/practice/'];
const room = (file: string): number => quickFirst.findIndex((each) => file.startsWith(each));
const noticing = within(values.test ?? tests, '**/*.test.ts').filter((file) => !startsProcesses(file));
process.env['TENANT_KEYRING_MUTANTS_APART'] = values.apart ? '1' : '';
// Not as `testFiles`: with those StrykerJS activates what is computed when a module loads only after it has been loaded.
process.env['TENANT_KEYRING_MUTANT_TESTS'] = noticing.toSorted((one, other) => room(one) - room(other)).join('\n');

const changed = within(mutated, '**/*.ts');
process.env['TENANT_KEYRING_MUTATED'] = changed.filter((file) => !isThread(file)).join('\n');

const results = await new Stryker({
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: changed,
  // What a text says is told by the tests of the texts.
  mutator: { plugins: null, excludedMutations: ['StringLiteral'] },
  // There is none: the compiler API that would read it is not in TypeScript 7.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  ignorePatterns: [folder, 'out', 'dist', 'build-facts', '.tsbuild', 'docs/screenshots'],
  // One for each part, so that two can run at the same time.
  tempDirName: `${report}-work`,
  incremental: true,
  incrementalFile: `${report}.json`,
  force: values.anew,
  concurrency: 1,
  // On top of four times what the tests of the mutant take without it.
  timeoutMS: 15_000,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 60,
  reporters: ['clear-text', 'progress-append-only', 'html'],
  htmlReporter: { fileName: `${report}.html` },
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false, reportScoreTable: true },
  thresholds: { high: 100, low: least, break: least },
}).runMutationTest();

console.log(`${results.length} mutants; at least ${least} % of them are to be noticed.`);
