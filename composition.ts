import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import parseSpdx from 'spdx-expression-parse';
import type { Plugin } from 'vite';
import { z } from 'zod';

/** What CycloneDX's library reads of a package.json, and what is asked of every package that is shipped. */
const manifestOf = z.looseObject({ name: z.string().min(1), version: z.string().min(1), license: z.string().min(1) });
type Manifest = z.infer<typeof manifestOf>;
type ProductManifest = Readonly<Record<'name' | 'version' | 'license' | 'description', string>>;

export interface ShippedPackage {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Folders of the packages that its modules import. */
  readonly uses: ReadonlySet<string>;
  /** Whether our own modules use it. */
  readonly direct: boolean;
}

/** Stands for our own modules among the folders of packages. */
const product = '';

/** Where the bill of materials and the licences are written, beside the bundles. */
export const factsFolder = 'build-facts';
export const billOfMaterialsFile = 'tenant-keyring.cdx.json';
export const licencesFile = 'THIRD-PARTY-LICENSES.txt';

/** Texts of the licences of packages that carry none. */
const ownTexts = 'assets/licences';

/** A module that is not ours and of no package has come from nobody knows where. */
function folderOf(id: string, ours: RegExp): string | null {
  const path = id.replaceAll('\\', '/').replace(/\?.*$/, '');
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  if (folder !== undefined) return folder;
  // The bundler's own few lines that load one chunk from another.
  const [, tool] = /^\0(vite|rolldown)\//.exec(path) ?? [];
  if (tool !== undefined) return `${import.meta.dirname.replaceAll('\\', '/')}/node_modules/${tool}`;
  if (!path.startsWith('\0') || ours.test(path)) return null;
  throw new Error(`it is not known where the module ${JSON.stringify(id)} comes from`);
}

export interface Composition {
  /** For every bundle of the product. */
  readonly plugin: Plugin;
  /**
   * What is shipped, sorted by name: what is bundled, and `beside`, the folders of the packages that are shipped as they are.
   * Throws where no bundle has told anything, or a package names no version or no licence.
   */
  packages(beside: readonly string[]): ShippedPackage[];
}

/**
 * Listens to the bundlers: which modules they really put into a bundle, and which packages those belong to.
 *
 * @param ours the virtual modules that our own build makes
 */
export function createComposition(ours: RegExp): Composition {
  const shipped = new Set<string>();
  const uses = new Map<string, Set<string>>();
  const plugin: Plugin = {
    name: 'composition',
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        const ids =
          output.type === 'asset'
            ? output.originalFileNames
            : Object.entries(output.modules)
                .filter(([, { renderedLength }]) => renderedLength > 0)
                .map(([id]) => id);
        for (const folder of ids.map((id) => folderOf(id, ours))) if (folder !== null) shipped.add(folder);
      }
      // A module of which nothing is left, an index say, still tells who uses whom.
      for (const id of this.getModuleIds()) {
        const from = folderOf(id, ours) ?? product;
        const info = this.getModuleInfo(id);
        const into = [...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? [])]
          .filter((each) => each.includes('node_modules'))
          .map((each) => folderOf(each, ours));
        const known = uses.get(from) ?? new Set();
        uses.set(from, known);
        for (const folder of into) if (folder !== null && folder !== from) known.add(folder);
      }
    },
  };
  const read = (folder: string, ownUse: boolean): ShippedPackage => {
    const found = manifestOf.safeParse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    if (!found.success) throw new Error(`${folder} names no version or no licence: ${z.prettifyError(found.error)}`);
    return { folder, manifest: found.data, uses: uses.get(folder) ?? new Set(), direct: ownUse || uses.get(product)?.has(folder) === true };
  };
  return {
    plugin,
    packages: (beside) => {
      if (shipped.size === 0) throw new Error('no bundle told what it is made of');
      return [...new Set([...shipped, ...beside])]
        .map((folder) => read(folder, beside.includes(folder)))
        .toSorted((a, b) => a.manifest.name.localeCompare(b.manifest.name, 'en'));
    },
  };
}

/** The bill of materials: CycloneDX 1.6, JSON. */
export function billOfMaterials(
  packages: readonly ShippedPackage[],
  { name, version, license, description }: ProductManifest,
  now: Date,
): string {
  const references = new Contrib.FromNodePackageJson.Factories.ExternalReferenceFactory();
  const builder = new Contrib.FromNodePackageJson.Builders.ComponentBuilder(
    references,
    new Contrib.License.Factories.LicenseFactory(parseSpdx),
  );
  const componentOf = (manifest: Manifest, type: Enums.ComponentType): Models.Component => {
    const component = builder.makeComponent(manifest, type);
    if (component === undefined) throw new Error(`no component can be made of ${manifest.name}`);
    for (const licence of component.licenses) licence.acknowledgement = Enums.LicenseAcknowledgement.Declared;
    return component;
  };
  const root = componentOf({ name, version, license, description }, Enums.ComponentType.Application);
  root.bomRef.value = `${name}@${version}`;
  const bom = new Models.Bom({
    serialNumber: Contrib.Bom.Utils.randomSerialNumber(),
    metadata: new Models.Metadata({
      timestamp: now,
      component: root,
      lifecycles: new Models.LifecycleRepository([Enums.LifecyclePhase.Build]),
    }),
  });
  const components = new Map(
    packages.map(({ folder, manifest }) => {
      const component = componentOf(manifest, manifest.name === 'electron' ? Enums.ComponentType.Framework : Enums.ComponentType.Library);
      component.purl = new PackageURL('npm', component.group, component.name, manifest.version).toString();
      component.bomRef.value = component.purl;
      return [folder, component];
    }),
  );
  for (const { folder, uses, direct } of packages) {
    const component = components.get(folder);
    if (component === undefined) continue;
    bom.components.add(component);
    if (direct) root.dependencies.add(component.bomRef);
    for (const used of [...uses].flatMap((each) => components.get(each) ?? [])) component.dependencies.add(used.bomRef);
  }
  return `${new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/** Every licence text and notice of a package. A package that carries none needs one of ours. */
function licenceTexts({ folder, manifest }: ShippedPackage): string[] {
  const names = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|copyrightnotice)(\.|-|$)/i.test(name))
    .toSorted();
  const own = join(ownTexts, `${manifest.name}.txt`);
  const files = names.length > 0 ? names.map((name) => join(folder, name)) : existsSync(own) ? [own] : [];
  if (files.length === 0) throw new Error(`${manifest.name} carries no text of its licence (${manifest.license}); put it into ${own}`);
  // Of the bundler only its own lines are shipped, nothing of what it bundles itself.
  return files.map((file) =>
    readFileSync(file, 'utf8')
      .replaceAll('\r\n', '\n')
      .replace(/\n# Licenses of bundled dependencies\n[^]*$/, '')
      .trim(),
  );
}

const rule = '='.repeat(78);

/** What has to be said about the licences of everything shipped: a list, then each text once. */
export function licenceText(packages: readonly ShippedPackage[], { version }: Pick<ProductManifest, 'version'>): string {
  const withText = Map.groupBy(packages, (each) => licenceTexts(each).join('\n\n'));
  const line = ({ manifest }: ShippedPackage) => `${manifest.name} ${manifest.version} (${manifest.license})`;
  return [
    `Tenant Keyring ${version} contains the packages below. Electron also contains Chromium, Node.js and more:`,
    'their licences are in LICENSES.chromium.html beside the program.',
    '',
    ...packages.map(line),
    ...[...withText].flatMap(([text, of]) => ['', rule, ...of.map(line), rule, '', text]),
    '',
  ].join('\n');
}

/** Writes both files into `build-facts`. */
export async function writeFacts(packages: readonly ShippedPackage[], manifest: ProductManifest): Promise<void> {
  await mkdir(factsFolder, { recursive: true });
  await writeFile(join(factsFolder, billOfMaterialsFile), billOfMaterials(packages, manifest, new Date()));
  await writeFile(join(factsFolder, licencesFile), licenceText(packages, manifest));
}
