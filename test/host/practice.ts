import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hasDisplay, nothingToShowIt } from './display.ts';

/**
 * `npm run practice`: the window on simulated tenants where there is a display; without one, with nothing to show
 * it in, or with `--terminal`, the whole guide in the terminal.
 */
const args = process.argv.slice(2);

async function run(...script: string[]): Promise<number> {
  const child = spawn(process.execPath, script, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

const inWindow = hasDisplay() && !args.includes('--terminal');
const shown = inWindow ? await run(join(import.meta.dirname, 'start.ts'), '--practice', ...args) : nothingToShowIt;
process.exitCode = shown === nothingToShowIt ? await run(join(import.meta.dirname, '../../main/cli/rehearsal.ts'), ...args) : shown;
