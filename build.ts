import { rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { build, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { rendererBuild } from './renderer/vite.config.ts';

/** What stays outside the bundles: Electron itself, Node's own modules, and the one native module. */
const external = ['electron', 'keytar', /^node:/, ...builtinModules];

/** Of package.json the product needs its version; the rest is the workshop's. */
const versionOnly: Plugin = {
  name: 'version-only',
  enforce: 'pre',
  load: (id) => (id.endsWith('/package.json') ? { code: JSON.stringify({ version: manifest.version }), moduleType: 'json' } : null),
};

interface Bundle {
  readonly entry: string;
  readonly outDir: string;
  readonly fileName: string;
  readonly format: 'es' | 'cjs';
  /** Whether what is loaded on demand becomes files of its own. */
  readonly split: boolean;
}

/** Everything an entry imports, for Node and for Electron's own processes. */
async function bundle({ entry, outDir, fileName, format, split }: Bundle): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [versionOnly],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        input: entry,
        external,
        output: { format, entryFileNames: fileName, chunkFileNames: '[name].js', codeSplitting: split ? { groups: [{ name: 'engine', minShareCount: 2 }] } : false },
      },
    },
  });
}

await rm('out', { recursive: true, force: true });
await Promise.all([
  // Window and command line are loaded on demand: the one imports Electron, the other must not.
  bundle({ entry: 'main/index.ts', outDir: 'out/main', fileName: 'index.js', format: 'es', split: true }),
  // The worker that builds PFX files.
  bundle({ entry: 'main/certificates/pfx-worker.ts', outDir: 'out/main', fileName: 'pfx-worker.js', format: 'es', split: false }),
  // A sandboxed preload script is one CommonJS file.
  bundle({ entry: 'preload/index.ts', outDir: 'out/preload', fileName: 'index.cjs', format: 'cjs', split: false }),
  build(rendererBuild),
]);
