import { rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { build, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** What stays outside the bundle: Electron itself, Node's own modules, and the one native module. */
const external = ['electron', 'keytar', /^node:/, ...builtinModules];

/** Of package.json the product needs its version; the rest is the workshop's. */
const versionOnly: Plugin = {
  name: 'version-only',
  enforce: 'pre',
  load: (id) => (id.endsWith('/package.json') ? { code: JSON.stringify({ version: manifest.version }), moduleType: 'json' } : null),
};

/** One ESM file of everything an entry imports. */
async function bundle(name: string, entry: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [versionOnly],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: 'out/main',
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: { input: { [name]: entry }, external, output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false } },
    },
  });
}

await rm('out', { recursive: true, force: true });
// The main process, and the worker that builds PFX files.
await Promise.all([bundle('index', 'main/index.ts'), bundle('pfx-worker', 'main/certificates/pfx-worker.ts')]);
