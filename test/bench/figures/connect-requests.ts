import { runProgram } from '../child-process.ts';
import type { FigureGroup } from '../figure.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import type { ConnectMeasured, ConnectSetup } from '../programs/connect.ts';

const small = 20;
const large = 2000;

async function requestsAt(principals: number): Promise<{ readonly graph: number; readonly identity: number; readonly sequential: number }> {
  const practice = await startPracticeTenants({ principals });
  try {
    const { runs } = await runProgram<ConnectMeasured>('connect.ts', {
      origin: practice.description.graph,
      keySize: 2048,
      times: 1,
    } satisfies ConnectSetup);
    const [run] = runs;
    if (run === undefined) throw new Error('nothing was measured');
    return run.requests;
  } finally {
    await practice.stop();
  }
}

/** One connect asks as much of a large tenant as of a small one. */
export async function connectRequests(): Promise<FigureGroup> {
  const few = await requestsAt(small);
  const many = await requestsAt(large);
  const at = (principals: number) => `at ${principals} service principals`;
  return {
    title: 'Requests of one connect',
    how: 'Sign-in, plan, apply and verify of a new registration; no replication delay. A round trip is a Graph request that starts when no other runs.',
    figures: [
      { name: `Graph requests ${at(small)}`, value: few.graph, unit: 'requests', goal: 12, baseline: { name: 'the goal', value: 12 } },
      {
        name: `Graph requests ${at(large)}`,
        value: many.graph,
        unit: 'requests',
        goal: 12,
        baseline: { name: at(small), value: few.graph },
      },
      {
        name: `sequential round trips ${at(small)}`,
        value: few.sequential,
        unit: 'requests',
        goal: 6,
        baseline: { name: 'the goal', value: 6 },
      },
      {
        name: `sequential round trips ${at(large)}`,
        value: many.sequential,
        unit: 'requests',
        goal: 6,
        baseline: { name: at(small), value: few.sequential },
      },
      {
        name: `sign-in and token requests ${at(large)}`,
        value: many.identity,
        unit: 'requests',
        goal: null,
        baseline: { name: at(small), value: few.identity },
      },
    ],
  };
}
