import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { median } from './event-loop.ts';
import type { Figure } from './figure.ts';

const rounds = 7;

function wallTime(args: readonly string[]): number {
  const started = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - started;
}

/** Load time of the built main process: what its start takes beyond that of Node itself. */
export function startOfBundle(): Figure[] {
  if (!existsSync('out/main/index.js')) return [];
  const times = (args: readonly string[]) => median(Array.from({ length: rounds }, () => wallTime(args)));
  const bare = times(['-e', '0']);
  const version = times(['out/main/index.js', 'cli', '--version']);
  const source = times(['main/cli/index.ts', '--version']);
  return [
    { name: `main bundle loaded, beyond Node itself, median of ${rounds}`, value: version - bare, unit: 'ms', goal: 150, baseline: { name: 'node -e 0', value: bare } },
    { name: `the same from source`, value: source - bare, unit: 'ms', baseline: { name: 'the bundle', value: version - bare } },
  ];
}
