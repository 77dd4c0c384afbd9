import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale, bundle, project } from '../built.ts';
import { median, type FigureGroup } from '../figure.ts';

const times = 21;

function run(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}\n${stderr}`);
  return performance.now() - started;
}

/** How long the main process needs before it can do anything. */
export function startTime(): Promise<FigureGroup> {
  buildIfStale();
  const data = mkdtempSync(join(tmpdir(), 'tenant-keyring-bench-'));
  const commands = {
    nothing: ['-e', '0'],
    version: [bundle, 'cli', '--version'],
    list: [bundle, 'cli', 'list', '--json', '--data-dir', data],
    profiles: [bundle, 'cli', 'profiles', '--json'],
    source: ['main/cli/index.ts', '--version'],
  } as const;
  const names = ['nothing', 'version', 'list', 'profiles', 'source'] as const;
  const measured: Record<(typeof names)[number], number[]> = { nothing: [], version: [], list: [], profiles: [], source: [] };
  for (const name of names) run(commands[name]);
  // In turns, so that a busy moment of the machine meets all alike.
  for (let time = 0; time < times; time += 1) for (const name of names) measured[name].push(run(commands[name]));
  rmSync(data, { recursive: true, force: true });
  const baseline = { name: 'node -e 0', value: median(measured.nothing) };
  return Promise.resolve({
    title: 'Load of the main bundle',
    how: `Median of ${times} starts of the built application under plain Node, from start to end of the process.`,
    figures: [
      { name: 'node out/main/index.js cli --version', value: median(measured.version), unit: 'ms', goal: 150, baseline },
      {
        name: 'node out/main/index.js cli list --json (all services opened)',
        value: median(measured.list),
        unit: 'ms',
        goal: null,
        baseline,
      },
      { name: 'node out/main/index.js cli profiles --json', value: median(measured.profiles), unit: 'ms', goal: null, baseline },
      { name: 'node main/cli/index.ts --version (no bundle)', value: median(measured.source), unit: 'ms', goal: null, baseline },
    ],
  });
}
