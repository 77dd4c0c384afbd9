import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { hasDisplay, nothingToShowIt } from './display.ts';
import { electronProgram, root } from './electron-program.ts';

async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** `npm start -- [arguments of the window]`: builds, and opens the window in Electron, else in an installed browser. */
async function start(args: readonly string[]): Promise<number> {
  const built = await run(process.execPath, [join(root, 'build.ts')]);
  if (built !== 0) return built;
  const electron = electronProgram();
  if (electron !== null) return run(electron, [root, ...args]);
  console.error(
    'Electron’s program is missing and cannot be fetched from here: run “npx install-electron” where github.com can be reached, or set ELECTRON_MIRROR.',
  );
  const browser = findChromium();
  if (browser === null) {
    console.error('There is no Chromium, Chrome or Edge either: install one of them, and the same build opens in it.');
    return nothingToShowIt;
  }
  if (!hasDisplay()) {
    console.error('There is no display: run this in a desktop session, or “npm run practice -- --terminal”.');
    return 1;
  }
  console.log(`Opening the same build in ${browser}. File dialogs are asked here, in the terminal.`);
  return run(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args]);
}

process.exitCode = await start(process.argv.slice(2));
