import { runProgram } from '../child-process.ts';
import type { Figure, FigureGroup } from '../figure.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import type { ConnectMeasured, ConnectSetup } from '../programs/connect.ts';

const processes = 5;
const goal = 50;

/** The least of several: other programs of the machine can only add to a stall. */
const calmest = (values: readonly number[]): number => Math.min(...values);

/** As many as a large service provider has. */
const full = 500;

async function stallOf(origin: string, keySize: 3072 | 4096, stored = 0): Promise<Figure[]> {
  const name = `RSA ${keySize}${stored === 0 ? '' : `, ${stored} stored`}`;
  const measured: ConnectMeasured[] = [];
  for (let process = 0; process < processes; process += 1) {
    measured.push(await runProgram<ConnectMeasured>('connect.ts', { origin, keySize, stored, times: 3 } satisfies ConnectSetup));
  }
  const longest = (of: 'waited' | 'computed') => calmest(measured.map(({ runs }) => Math.max(...runs.map(({ turn }) => turn[of]))));
  const idle = (of: 'waited' | 'computed') => calmest(measured.map((each) => each.idle[of]));
  return [
    {
      name: `longest stall, ${name}`,
      value: longest('waited'),
      unit: 'ms',
      goal,
      baseline: { name: 'idle for a second', value: idle('waited') },
    },
    {
      name: `… computed by this thread, ${name}`,
      value: longest('computed'),
      unit: 'ms',
      goal,
      baseline: { name: 'idle for a second', value: idle('computed') },
    },
  ];
}

/** Whether a window stays alive while a tenant is being connected. */
export async function connectStall(): Promise<FigureGroup> {
  const practice = await startPracticeTenants({});
  try {
    const origin = practice.description.graph;
    return {
      title: 'Longest stall of the event loop during connect',
      how: `Three connects in a process that has just started (not the first one where credentials are stored); of ${processes} such processes the one that other programs disturbed least. The practice tenant runs elsewhere.`,
      figures: [...(await stallOf(origin, 3072)), ...(await stallOf(origin, 4096)), ...(await stallOf(origin, 3072, full))],
    };
  } finally {
    await practice.stop();
  }
}
