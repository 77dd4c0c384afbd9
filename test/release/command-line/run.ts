import { registerHooks } from 'node:module';

/** Runs what was built as an installed Electron would: `node run.ts ENTRY [arguments of the program]`. */
const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '0.0.0' } });
const [, , entry = '', ...given] = process.argv;
process.argv = [process.execPath, ...given];

// The first that an installed program writes on Windows (electron/electron, shell/app/electron_main_delegate.cc,
// BasicStartupComplete; issues 5917 and 28072). On every system here: what reads the output has to bear it.
process.stdout.write('\r\n');

// What the entry awaits holds Electron up: if it awaited `whenReady` itself, this would never end.
await import(entry);
const { becomeReady } = await import('./electron.ts');
becomeReady();
