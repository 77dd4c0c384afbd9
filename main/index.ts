import { resolve } from 'node:path';

/**
 * Electron's entry: the window, or with `cli` as the first argument the command line. Each is loaded only when it is
 * meant, so that the command line needs nothing of Electron and runs under plain Node too.
 */
const packaged = 'electron' in process.versions && !process.defaultApp;
// Not packaged, the application's own path comes first, behind the switches of whoever started it.
const path = process.argv.findIndex((each, index) => index > 0 && !each.startsWith('-'));
const [first, ...rest] = process.argv.slice(packaged ? 1 : path + 1);

if (first === 'cli') {
  const [{ processIo }, { runCommandLine }] = await Promise.all([import('./cli/io.ts'), import('./cli/run.ts')]);
  const before = packaged ? [] : [...process.argv.slice(1, path), resolve(process.argv[path] ?? '')];
  const code = await runCommandLine(rest, processIo([process.execPath, ...before, 'cli']));
  if ('electron' in process.versions) process.exit(code); // Electron would wait for a window
  process.exitCode = code;
} else {
  const { startShell } = await import('./shell/index.ts');
  startShell(first === undefined ? [] : [first, ...rest]);
}
