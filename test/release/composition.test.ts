import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import parseSpdx, { type Info } from 'spdx-expression-parse';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { billOfMaterialsFile, createComposition, factsFolder, licencesFile, licenceText } from '../../composition.ts';
import manifest from '../../package.json' with { type: 'json' };
import { importsOf } from '../lint/imports.ts';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly 'bom-ref': string;
  readonly licenses: readonly { readonly license?: { readonly id?: string; readonly name?: string }; readonly expression?: string }[];
}

/** Licences under which a bundled package may be given away inside a product of another licence, without its source. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT']);
const isAllowed = (info: Info): boolean => {
  if ('conjunction' in info)
    return info.conjunction === 'or' ? isAllowed(info.left) || isAllowed(info.right) : isAllowed(info.left) && isAllowed(info.right);
  return allowed.has(info.license);
};

describe('what the product says it is made of', () => {
  const text = readFileSync(join(factsFolder, billOfMaterialsFile), 'utf8');
  const bom = JSON.parse(text);
  const components: Component[] = bom.components;
  const nameOf = ({ group, name }: Component) => (group === undefined ? name : `${group}/${name}`);
  const names = components.map(nameOf);
  const licences = readFileSync(join(factsFolder, licencesFile), 'utf8');

  it('is a CycloneDX document', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text)).toBeNull();
    expect(await validator.validate(JSON.stringify({ ...bom, components: [{ name: 'react' }] }))).not.toBeNull();
    expect(bom.metadata.component).toMatchObject({
      type: 'application',
      name: 'tenant-keyring',
      version: manifest.version,
      licenses: [{ license: { id: 'MIT' } }],
    });
  });

  it('names every package that our own modules import, Electron and keytar', () => {
    const imported = globSync('{main,preload,renderer}/**/*.{ts,tsx}')
      .filter((path) => !path.endsWith('vite.config.ts'))
      .flatMap((path) => importsOf(path, readFileSync(path, 'utf8')))
      .filter(({ typesOnly, specifier }) => !typesOnly && specifier !== null && !specifier.startsWith('.') && !isBuiltin(specifier))
      .map(({ specifier }) => /^(@[^/]+\/)?[^/]+/.exec(specifier ?? '')?.[0] ?? '')
      .map((name) => (name === 'keytar' ? '@github/keytar' : name))
      // Only hands on what its own packages make.
      .filter((name) => name !== '@fluentui/react-components');
    for (const known of ['react', '@azure/msal-node', 'zod', 'node-forge', 'electron']) expect(imported).toContain(known);
    expect([...new Set(imported)].filter((name) => !names.includes(name))).toEqual([]);
    expect(names).toContain('@github/keytar');
    const direct = bom.dependencies.find((each: { ref: string }) => each.ref === bom.metadata.component['bom-ref']).dependsOn;
    for (const name of ['pkg:npm/react@', 'pkg:npm/%40github/keytar@', 'pkg:npm/electron@'])
      expect(
        direct.filter((ref: string) => ref.startsWith(name)),
        name,
      ).toHaveLength(1);
    expect(direct.filter((ref: string) => ref.startsWith('pkg:npm/jws@'))).toEqual([]);
  });

  it('names no tool of build and test but the two whose lines are in the bundles', () => {
    const tools = Object.keys(manifest.devDependencies).filter((name) =>
      /vitest|stryker|oxlint|oxc|playwright|axe|fast-check|typescript|electron-builder|cyclonedx|ajv|@types|@actions|^node$|plugin-react/.test(
        name,
      ),
    );
    expect(tools.length).toBeGreaterThan(10);
    expect(names.filter((name) => tools.includes(name))).toEqual([]);
    expect(names.filter((name) => name === 'vite' || name === 'rolldown').toSorted()).toEqual(['rolldown', 'vite']);
  });

  it('has a version, an address and an allowed licence for each', () => {
    expect(components.length).toBeGreaterThan(50);
    expect(new Set(components.map((each) => each['bom-ref'])).size).toBe(components.length);
    for (const each of components) {
      expect(each.version, nameOf(each)).toMatch(/^\d+\.\d+\.\d+/);
      expect(each.purl, nameOf(each)).toBe(`pkg:npm/${nameOf(each).replace('@', '%40')}@${each.version}`);
      expect(each.licenses, nameOf(each)).toHaveLength(1);
      const [licence] = each.licenses;
      expect(
        isAllowed(parseSpdx(licence?.expression ?? licence?.license?.id ?? licence?.license?.name ?? '')),
        `${nameOf(each)}: ${JSON.stringify(licence)}`,
      ).toBe(true);
    }
    for (const bad of ['GPL-3.0-only', 'MIT AND GPL-2.0-only', 'AGPL-3.0-only OR SSPL-1.0'])
      expect(isAllowed(parseSpdx(bad)), bad).toBe(false);
  });

  it('gives the text of each licence once', () => {
    const [, ...sections] = licences.split(`${'='.repeat(78)}\n`);
    expect(sections.length % 2).toBe(0);
    const heads = sections.filter((_, index) => index % 2 === 0).flatMap((head) => head.trim().split('\n'));
    const texts = sections.filter((_, index) => index % 2 === 1).map((each) => each.trim());
    expect(heads.map((line) => line.replace(/ \(.*$/, '')).toSorted()).toEqual(
      components.map((each) => `${nameOf(each)} ${each.version}`).toSorted(),
    );
    for (const each of texts) expect(each).toMatch(/permission|redistribut|licensed under/i);
    expect(new Set(texts).size).toBe(texts.length);
    // Of Vite only a few lines are shipped, nothing that it bundles itself.
    expect(licences).not.toContain('Bundled dependencies');
  });
});

describe('how it is found out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-composition-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A package as npm lays it down. */
  const install = (name: string, fields: object, files: Readonly<Record<string, string>> = { 'LICENSE.md': `The licence of ${name}` }) => {
    const into = join(folder, 'node_modules', name);
    mkdirSync(into, { recursive: true });
    writeFileSync(
      join(into, 'package.json'),
      JSON.stringify({ name, version: '1.2.3', license: 'MIT', type: 'module', main: 'index.js', ...fields }),
    );
    for (const [file, content] of Object.entries({
      'index.js': `export const value = ${JSON.stringify(name)}; export const other = 1;`,
      ...files,
    }))
      writeFileSync(join(into, file), content);
  };
  const bundled = async (code: string, virtual?: string) => {
    const composition = createComposition(/^\0ours$/);
    writeFileSync(join(folder, 'entry.js'), code);
    const module = {
      name: 'virtual',
      resolveId: (id: string) => (id === virtual ? `\0${id}` : null),
      load: (id: string) => (id === `\0${virtual}` ? 'export const value = 1;' : null),
    };
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [module, composition.plugin],
      ssr: { noExternal: true },
      build: { ssr: true, write: false, rolldownOptions: { input: 'entry.js', treeshake: { moduleSideEffects: false } } },
    });
    return composition;
  };
  const names = (packages: ReturnType<ReturnType<typeof createComposition>['packages']>) => packages.map((each) => each.manifest.name);

  it('takes what is left in the bundle, and who uses whom', async () => {
    install('@scope/used', {}, { 'index.js': "import { value } from 'deep'; export const both = `${value}!`;", LICENSE: 'One licence' });
    install('index-only', {}, { 'index.js': "export { both } from '@scope/used';" });
    install('deep', {}, { LICENSE: 'Another licence', NOTICE: 'A notice' });
    install('unused', {});
    install('beside', {});
    const found = (await bundled("import { both } from 'index-only'; import { other } from 'unused'; export const kept = both;")).packages([
      join(folder, 'node_modules/beside'),
    ]);
    expect(names(found)).toEqual(['@scope/used', 'beside', 'deep']);
    expect(found.map(({ direct }) => direct)).toEqual([false, true, false]);
    expect([...(found[0]?.uses ?? [])]).toEqual([found[2]?.folder]);
    expect(licenceText(found, { version: '1.0.0' })).toContain('Another licence\n\nA notice');
  });

  it('refuses a module of unknown origin, and a package without version, licence or text', async () => {
    await expect(bundled("export { value } from 'ours';", 'ours').then((each) => each.packages([]))).rejects.toThrow(/no bundle told/);
    await expect(bundled("export { value } from 'stranger';", 'stranger')).rejects.toThrow(/not known where the module/);
    install('nameless', { license: undefined });
    await expect(bundled("export { value } from 'nameless';").then((each) => each.packages([]))).rejects.toThrow(
      /nameless names no version or no licence/,
    );
    install('textless', {}, {});
    const found = (await bundled("export { value } from 'textless';")).packages([]);
    expect(() => licenceText(found, { version: '1.0.0' })).toThrow(/textless carries no text of its licence \(MIT\)/);
  });
});
