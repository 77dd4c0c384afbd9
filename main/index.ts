import { resolve } from 'node:path';

/**
 * Electron's entry: the window, or with `cli` as the first argument the command line. Each is loaded only when it is
 * meant, so that the command line needs nothing of Electron and runs under plain Node too.
 */
const inElectron = 'electron' in process.versions;
const packaged = inElectron && !process.defaultApp;
// Not packaged, the application's own path comes first, behind the switches of whoever started it.
const path = process.argv.findIndex((each, index) => index > 0 && !each.startsWith('-'));
const given = process.argv.slice(packaged ? 1 : path + 1);
// On Windows Electron does not start when anything follows an address, unless `--` stands before it (electron/electron#13039).
const [first, ...rest] = given[0] === '--' ? given.slice(1) : given;

const before = packaged ? ['--'] : [...process.argv.slice(1, path), resolve(process.argv[path] ?? '')];
/** What starts this program's command line. */
const self = [process.execPath, ...before, 'cli'] as const;

if (first === 'cli') {
  const [{ processIo }, { runCommandLine }] = await Promise.all([import('./cli/io.ts'), import('./cli/run.ts')]);
  if (inElectron) {
    const { hostCommandLine } = await import('./shell/command-line.ts');
    hostCommandLine((host) => runCommandLine(rest, processIo({ self, ...host })));
  } else process.exitCode = await runCommandLine(rest, processIo({ self }));
} else {
  const { startShell } = await import('./shell/index.ts');
  startShell(first === undefined ? [] : [first, ...rest], self);
}
