import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isWindows, skippedWhere } from '../system.ts';
import { below, literals, page, rows } from '../unit/docs/pages.ts';

const told = rows(page('docs/verification.md'));
const table = new Map(told.flatMap((cells) => (cells.length === 5 ? [[literals(cells[0] ?? '')[0] ?? '', cells] as const] : [])));
const script = readFileSync('.ci/windows', 'utf8');

/** What a list of the script means, as its shell reads it. */
const listed = (name: string) =>
  execFileSync('bash', ['-c', `${new RegExp(`^${name}=\\([^)]*\\)$`, 'm').exec(script)?.[0]}; printf '%s\\n' "\${${name}[@]}"`], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

it('docs/verification.md has a line for every folder of tests, and no other', () => {
  const folders = new Set(globSync('test/*/**/*.test.ts').map((path) => path.replaceAll('\\', '/').split('/').slice(0, 2).join('/')));
  expect([...table.keys()].filter((name) => name.startsWith('test/')).toSorted()).toEqual([...folders].toSorted());
});

it('docs/verification.md says what runs in Wine on every commit, and what by hand', skippedWhere(isWindows, 'the script is bash’s'), () => {
  const inWine = [...table].map(([name, cells]) => [name, cells[2] ?? ''] as const).filter(([name]) => name.startsWith('test/'));
  const everyCommit = inWine.flatMap(([name, cell]) => {
    if (!cell.startsWith('every commit')) return [];
    const parts = literals(cell);
    return parts.length === 0 ? [name] : parts.map((part) => `${name}/${part}`);
  });
  expect(everyCommit.toSorted()).toEqual(listed('differs').toSorted());
  const byHand = new Set(listed('everything').map((each) => each.split('/').slice(0, 2).join('/')));
  expect(
    inWine
      .filter(([, cell]) => cell !== '–')
      .map(([name]) => name)
      .toSorted(),
  ).toEqual([...byHand].toSorted());
});

it('README begins with where to get it and where it has run', () => {
  const readme = page('README.md');
  expect([...readme.matchAll(/^## (.+)$/gm)].slice(0, 2).map(([, head]) => head)).toEqual(['Download', 'Where this has run']);
  expect(below(readme, 'Where this has run')).toContain('(docs/verification.md)');
});
