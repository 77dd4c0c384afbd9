import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { contentSecurityPolicy } from '../../../main/shell/content-security.ts';
import { answer, fileTable } from '../../../main/shell/served-files.ts';

function site(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-site-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'pages', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'pages', 'index.html'), '<!doctype html>');
  writeFileSync(join(directory, 'pages', 'assets', 'main.js'), 'let a;');
  writeFileSync(join(directory, 'secret.txt'), 'outside');
  return join(directory, 'pages');
}

const ask = (table: ReturnType<typeof fileTable>, address: string, init?: RequestInit) => answer(new Request(address, init), table);

it('serves what was built, with its type and the policy', async () => {
  const table = fileTable(site());
  const page = await ask(table, 'app://keyring/index.html?x#y');
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<!doctype html>']);
  expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  const script = await ask(table, 'app://keyring/assets/main.js');
  expect([script.status, script.headers.get('content-type'), script.headers.get('x-content-type-options')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'nosniff',
  ]);
});

it.each([
  'app://keyring/',
  'app://keyring/assets',
  'app://keyring/assets/',
  'app://keyring/../secret.txt',
  'app://keyring/..%2fsecret.txt',
  'app://keyring/assets/..%5c..%5csecret.txt',
  'app://keyring//index.html',
  'app://other/index.html',
  'https://keyring/index.html',
])('has nothing at %s', async (address) => {
  const response = await ask(fileTable(site()), address);
  expect([response.status, await response.text(), response.headers.get('content-security-policy')]).toEqual([
    404,
    '',
    contentSecurityPolicy,
  ]);
});

it('serves neither what came later nor anything that is not asked for by GET', async () => {
  const directory = site();
  const table = fileTable(directory);
  writeFileSync(join(directory, 'late.js'), 'let b;');
  expect((await ask(table, 'app://keyring/late.js')).status).toBe(404);
  expect((await ask(table, 'app://keyring/index.html', { method: 'POST', body: '' })).status).toBe(404);
});

it('has a policy that parses, with nothing remote, inline or evaluated in it', () => {
  const directives = new Map(contentSecurityPolicy.split('; ').map((text) => [text.split(' ')[0] ?? '', text.split(' ').slice(1)]));
  for (const [name, sources] of directives) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(sources.length, name).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^('none'|'self'|'script'|'sha256-[A-Za-z0-9+/]{43}='|data:)$/);
  }
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(directives.get('trusted-types')).toEqual(["'none'"]);
  for (const name of ['connect-src', 'frame-ancestors', 'base-uri', 'form-action']) expect(directives.get(name)).toEqual(["'none'"]);
});
