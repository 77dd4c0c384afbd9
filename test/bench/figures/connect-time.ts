import { runProgram } from '../child-process.ts';
import { median, type Figure, type FigureGroup } from '../figure.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import type { ConnectMeasured, ConnectSetup } from '../programs/connect.ts';

const keySize = 3072;
const times = 7;

async function timeAt(latency: number): Promise<Figure[]> {
  const practice = await startPracticeTenants({ latency });
  try {
    const { runs } = await runProgram<ConnectMeasured>('connect.ts', {
      origin: practice.description.graph,
      keySize,
      times,
    } satisfies ConnectSetup);
    const value = median(runs.map(({ ms }) => ms));
    const roundTrips = median(runs.map((run) => run.roundTrips));
    const name = `connect, ${latency} ms latency`;
    return [
      {
        name,
        value,
        unit: 'ms',
        goal: null,
        baseline: { name: `${roundTrips} bare round trips`, value: median(runs.map(({ bareMs }) => bareMs)) },
      },
      {
        name,
        value,
        unit: 'ms',
        goal: null,
        baseline: { name: `an RSA ${keySize} key alone`, value: median(runs.map(({ keyMs }) => keyMs)) },
      },
    ];
  } finally {
    await practice.stop();
  }
}

/** How long a connect takes apart from the person who signs in. */
export async function connectTime(): Promise<FigureGroup> {
  return {
    title: 'Time of one connect',
    how: `Median of ${times}, with the pages of the sign-in and a new key; the baseline is the same number of requests, one after another, that ask nothing.`,
    figures: [...(await timeAt(0)), ...(await timeAt(50))],
  };
}
