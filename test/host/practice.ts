import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hasDisplay } from './display.ts';

/**
 * `npm run practice`: the window on simulated tenants where there is a display; without one, or with `--terminal`, the
 * whole guide in the terminal.
 */
const args = process.argv.slice(2);
const terminal = args.includes('--terminal') || !hasDisplay();
const script = terminal ? [join(import.meta.dirname, '../../main/cli/rehearsal.ts')] : [join(import.meta.dirname, 'start.ts'), '--practice', ...args];
const child = spawn(process.execPath, script, { stdio: 'inherit' });
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
