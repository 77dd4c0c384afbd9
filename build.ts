import { rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { build, type InlineConfig, type Plugin } from 'vite';
import { writePolicyTemplates } from './assets/policies/templates.ts';
import { createComposition, factsFolder, writeFacts } from './composition.ts';
import manifest from './package.json' with { type: 'json' };
import { rendererBuild } from './renderer/vite.config.ts';

/** What stays outside the bundles: the one native module, and what the bundler's own first line asks for. */
const external = ['keytar', 'node:module'];

/** None of our own modules does anything by being imported: of an index only what is used is read. */
const ownSources = `${import.meta.dirname.replaceAll('\\', '/')}/main/`;

/** Of package.json the product needs its version; the rest is the workshop's. */
const versionOnly: Plugin = {
  name: 'version-only',
  enforce: 'pre',
  load: (id) => (id.endsWith('/package.json') ? { code: JSON.stringify({ version: manifest.version }), moduleType: 'json' } : null),
};

/**
 * The command line runs where there is no Electron. So Electron is required when its first member is used, not imported at
 * the head of a file; and whole, so that no list of names can lack one that a library reads (electron-updater reads
 * `autoUpdater` when it installs). Electron itself loads each member when it is read (electron/electron:
 * lib/common/define-properties.ts).
 */
const electronOnDemand: Plugin = {
  name: 'electron-on-demand',
  enforce: 'pre',
  resolveId: (id, importer) => {
    if (id !== 'electron') return null;
    return importer === '\0electron' ? { id, external: true } : '\0electron';
  },
  load: (id) => (id === '\0electron' ? "module.exports = require('electron');" : null),
};

/**
 * An import statement reads every export of Node's own module: of node:http also WebSocket and fetch, which load undici,
 * and of node:crypto all of Web Crypto. Asked for like this, only what is used is loaded.
 */
const builtinsAsTheyAreUsed: Plugin = {
  name: 'builtins-as-they-are-used',
  enforce: 'pre',
  resolveId: (id) => (isBuiltin(id) && id !== 'node:module' ? `\0builtin:${id}` : null),
  load: (id) => (id.startsWith('\0builtin:') ? `module.exports = process.getBuiltinModule('${id.slice('\0builtin:'.length)}');` : null),
};

/**
 * imapflow reads messages, writes a log and takes proxies; here it signs in and counts. What it needs for the rest, four fifths of it,
 * is not shipped: whoever reaches for it meets nothing.
 */
const countingOnly: Plugin = {
  name: 'counting-only',
  enforce: 'pre',
  resolveId: (id, importer) =>
    /[\\/]node_modules[\\/]imapflow[\\/]/.test(importer ?? '') &&
    /^(pino|socks|libmime|libqp|libbase64|encoding-japanese|iconv-lite|@zone-eu\/mailsplit(\/.*)?)$/.test(id)
      ? `\0absent:${id}`
      : null,
  load: (id) => (id.startsWith('\0absent:') ? 'module.exports = {};' : null),
};

/** Every bundle tells what it is made of: for the bill of materials and the licences. */
const composition = createComposition(/^\0(electron$|builtin:|absent:)/);

/** `node build.ts --watch`: bundles again what a change touches, and says so on standard output: one JSON line each. */
const watching = process.argv.includes('--watch');

/** The window serves the files that were there when it started: a page that is built again keeps their names. */
const sameNames = { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' };

/** One bundle; watching, resolves when it was built the first time. */
async function made(name: string, config: InlineConfig): Promise<void> {
  const built = await build(watching ? { ...config, build: { ...config.build, watch: { buildDelay: 50 }, minify: false } } : config);
  if (!('on' in built)) return;
  await new Promise<void>((resolve) => {
    built.on('event', (event) => {
      if (event.code === 'ERROR') console.log(JSON.stringify({ name, error: event.error.message }));
      if (event.code !== 'BUNDLE_END') return;
      void event.result.close();
      console.log(JSON.stringify({ name, milliseconds: event.duration }));
      resolve();
    });
  });
}

interface Bundle {
  /** As `--watch` says it. */
  readonly name: string;
  readonly entry: string;
  readonly outDir: string;
  readonly fileName: string;
  readonly format: 'es' | 'cjs';
  readonly electron: Plugin | 'external';
}

/** Everything an entry imports, for Node and for Electron's own processes. */
async function bundle({ name, entry, outDir, fileName, format, electron }: Bundle): Promise<void> {
  await made(name, {
    configFile: false,
    logLevel: 'warn',
    plugins: [versionOnly, builtinsAsTheyAreUsed, countingOnly, ...(electron === 'external' ? [] : [electron]), composition.plugin],
    json: { stringify: true, namedExports: false },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        input: entry,
        treeshake: { moduleSideEffects: (id) => (id.startsWith(ownSources) ? false : undefined) },
        external: electron === 'external' ? ['electron', ...external] : external,
        output: {
          format,
          entryFileNames: fileName,
          ...(format === 'es' ? { chunkFileNames: '[name]-[hash].js' } : { codeSplitting: false }),
        },
      },
    },
  });
}

await Promise.all(['out', factsFolder].map((folder) => rm(folder, { recursive: true, force: true })));
await Promise.all([
  // Window and command line are loaded on demand: the one imports Electron, the other must not.
  bundle({ name: 'main', entry: 'main/index.ts', outDir: 'out/main', fileName: 'index.js', format: 'es', electron: electronOnDemand }),
  // The worker that builds PFX files and reads them.
  bundle({
    name: 'pfx-worker',
    entry: 'main/certificates/pfx-worker.ts',
    outDir: 'out/main',
    fileName: 'pfx-worker.js',
    format: 'es',
    electron: 'external',
  }),
  // A sandboxed preload script is one CommonJS file.
  bundle({ name: 'preload', entry: 'preload/index.ts', outDir: 'out/preload', fileName: 'index.cjs', format: 'cjs', electron: 'external' }),
  made('renderer', {
    ...rendererBuild,
    plugins: [...(rendererBuild.plugins ?? []), composition.plugin],
    build: { ...rendererBuild.build, ...(watching ? { rolldownOptions: { output: sameNames } } : {}) },
  }),
]);

// Not bundled, but shipped.
writePolicyTemplates('out/policies');
await writeFacts(composition.packages(['node_modules/keytar', 'node_modules/electron']), manifest);
