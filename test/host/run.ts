import promises from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

/**
 * Runs the built application on Node, with this folder in the place of Electron:
 * `node test/host/run.ts [--remote-debugging-port=PORT] [arguments of the application]`.
 */
const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});

const root = process.env['TENANT_KEYRING_BUILD'] ?? join(import.meta.dirname, '../..');
const entry = join(root, 'out/main/index.js');
// Chromium's own switch stands before the application, as on Electron's command line.
const forChromium = process.argv.filter((each) => each.startsWith('--remote-debugging-port='));
const given = process.argv.slice(2).filter((each) => !forChromium.includes(each));
process.argv = [process.execPath, ...forChromium, entry, ...given];

// Where no test may write, it prescribes with a file of its own.
const prescribed = process.env['TENANT_KEYRING_TEST_POLICIES'];
if (prescribed !== undefined) {
  const { readFile } = promises;
  const read = (path: unknown, ...rest: unknown[]) =>
    Reflect.apply(readFile, undefined, [path === '/etc/tenant-keyring/policies.json' ? prescribed : path, ...rest]);
  Object.assign(promises, { readFile: read });
}

const { listenToTest } = await import('./test-channel.ts');
listenToTest();
await import(entry);
const { app } = await import('./app.ts');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
app.becomeReady();
