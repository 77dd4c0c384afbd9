import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { anchors, page, pages } from './pages.ts';

it.each(pages)('%s leads nowhere that is not there', (path) => {
  for (const [, target = ''] of page(path).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (target.startsWith('https://')) continue;
    const [file = '', heading] = target.split('#');
    const linked = file === '' ? path : join(dirname(path), file);
    expect(existsSync(linked) && statSync(linked).isFile(), target).toBe(true);
    if (heading !== undefined) expect(anchors(linked), target).toContain(heading);
  }
});

it('every page of docs can be reached from README', () => {
  const reached = new Set(['README.md']);
  for (const path of reached)
    for (const [, file] of page(path).matchAll(/\]\(([^)#\s]+\.md)/g))
      if (file !== undefined && !file.startsWith('https:')) reached.add(join(dirname(path), file).replaceAll('\\', '/'));
  expect(pages.filter((path) => !reached.has(path))).toEqual([]);
});
