import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { below, literals, page, rows } from '../unit/docs/pages.ts';

const configuration = readFileSync('electron-builder.yml', 'utf8');
const installing = page('docs/installing.md');
const releasing = page('docs/releasing.md');

it('docs/installing.md names every file that is released, and what Windows knows it by', () => {
  const patterns = [...configuration.matchAll(/artifactName: (\S+)/g)].map((match) =>
    (match[1] ?? '').replace('${version}', 'VERSION').replace(/\$\{env\.\w+\}/, ''),
  );
  const made = patterns.flatMap((pattern) =>
    /setup|portable/.test(pattern)
      ? ['x64', 'arm64'].map((arch) => pattern.replace('${arch}', arch).replace('${ext}', 'exe'))
      : [pattern.replace('${arch}', 'x64').replace('${ext}', 'msi')],
  );
  expect(made).toHaveLength(5);
  const told = rows(below(installing, 'Which file\\?')).flatMap(([file]) => literals(file ?? ''));
  expect(told.toSorted()).toEqual(made.toSorted());
  const guid = /guid: (\S+)/.exec(configuration)?.[1] ?? 'none';
  const upgradeCode = /upgradeCode: (\S+)/.exec(configuration)?.[1] ?? 'none';
  expect(installing).toContain(`\\Uninstall\\${guid}\``);
  expect(installing).toContain(`\`{${upgradeCode}}\``);
  for (const file of literals(installing)
    .filter((each) => each.includes('VERSION'))
    .flatMap((each) => /Tenant-Keyring-VERSION[\w.-]+/.exec(each) ?? []))
    expect(made, file).toContain(file);
});

it('docs/releasing.md names every setting that signing takes, and the workflow hands over each', () => {
  const settings = rows(below(releasing, 'What does the workflow need\\?')).flatMap(([names]) => literals(names ?? ''));
  const step = readFileSync('.github/workflows/release.yml', 'utf8').split('- name: Build and sign')[1]?.split('\n      - ')[0] ?? '';
  const handed = [...step.matchAll(/^ +([A-Z][A-Z0-9_]+): \$\{\{ (vars|secrets)\.([A-Z0-9_]+) \}\}$/gm)].map(
    ([, name = '', kind = '', from = '']) => ({ name, kind, from }),
  );
  expect(handed.map(({ name }) => name)).toEqual(handed.map(({ from }) => from));
  expect(handed.map(({ name }) => name).toSorted()).toEqual(settings.toSorted());
  for (const { name, kind } of handed) expect(kind, name).toBe(/^(WIN_CSC|AZURE)_/.test(name) ? 'secrets' : 'vars');
  const asked = [...readFileSync('dist.ts', 'utf8').matchAll(/'(TENANT_KEYRING_[A-Z0-9_]+)'/g)].map((match) => match[1] ?? '');
  expect(new Set(settings.filter((name) => name.startsWith('TENANT_KEYRING_')))).toEqual(new Set(asked));
});
