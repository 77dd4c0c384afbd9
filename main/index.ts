import { processIo } from './cli/io.ts';
import { runCommandLine } from './cli/run.ts';

// Electron's entry. The window joins here; until then, and whenever the first argument is `cli`, the command line runs.
const [first, ...rest] = process.argv.slice(2);
process.exitCode = await runCommandLine(first === 'cli' ? rest : process.argv.slice(2), processIo());
