import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { isMet, ratioOf, type FigureGroup } from './figure.ts';
import { bundleSizes } from './figures/bundles.ts';
import { connectRequests } from './figures/connect-requests.ts';
import { connectStall } from './figures/connect-stall.ts';
import { connectTime } from './figures/connect-time.ts';
import { ewsMany } from './figures/ews-many.ts';
import { migration } from './figures/migration.ts';
import { rotateMany } from './figures/rotate-many.ts';
import { startTime } from './figures/start.ts';
import { verifyMany } from './figures/verify-many.ts';
import { takeOverMany } from './figures/take-over.ts';
import { windowFrames } from './figures/window-frames.ts';
import { windowMemory } from './figures/window-memory.ts';
import { windowPaint } from './figures/window-paint.ts';
import { windowRequests } from './figures/window-requests.ts';
import { groupText } from './table.ts';

const groups: Readonly<Record<string, () => Promise<FigureGroup>>> = {
  start: startTime,
  requests: connectRequests,
  stalls: connectStall,
  time: connectTime,
  verify: verifyMany,
  rotate: rotateMany,
  'take-over': takeOverMany,
  ews: ewsMany,
  migration,
  sizes: bundleSizes,
  paint: windowPaint,
  frames: windowFrames,
  ipc: windowRequests,
  memory: windowMemory,
};

// `npm run bench -- [GROUP…] [--json]`: measures all groups, or those that are named. Not a test: it ends with 0 whatever it measures.
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
const unknown = positionals.filter((name) => !(name in groups));
if (unknown.length > 0) throw new Error(`no such group: ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);

const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), load: loadavg()[0] ?? 0 };
if (!values.json) {
  console.log(`Node ${machine.node} on ${machine.cores} × ${machine.processor}, load ${machine.load.toFixed(2)} at the beginning\n`);
}
const measured: FigureGroup[] = [];
for (const [name, measure] of Object.entries(groups)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const group = await measure();
  measured.push(group);
  if (!values.json) console.log(groupText(group));
}
if (values.json) {
  const withRatio = measured.map((group) => ({
    ...group,
    figures: group.figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) })),
  }));
  console.log(JSON.stringify({ machine, groups: withRatio }, null, 2));
}
