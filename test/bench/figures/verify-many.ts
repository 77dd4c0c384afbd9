import { runProgram } from '../child-process.ts';
import type { FigureGroup } from '../figure.ts';
import type { VerifyManyMeasured, VerifyManySetup } from '../programs/verify-many.ts';

const setup: VerifyManySetup = { tenants: 500, few: 50, slowness: 10_000 };

/** A service provider's whole list at once. */
export async function verifyMany(): Promise<FigureGroup> {
  const { proven, ms, requests, bareMs, growth, growthAfterFew, inUse, inUseAfterFew, turn, others } = await runProgram<VerifyManyMeasured>(
    'verify-many.ts',
    setup,
  );
  const seconds = (milliseconds: number) => milliseconds / 1000;
  return {
    title: `Verify of ${setup.tenants} practice tenants`,
    how: `One credential in each, RSA 3072; every one is proven or there is no figure. The slow tenant was done after ${seconds(others.slowMs).toFixed(1)} s, every answer of Entra taking ${seconds(setup.slowness)} s longer.`,
    figures: [
      { name: 'proven', value: proven, unit: 'tenants', goal: null, baseline: { name: 'stored', value: setup.tenants } },
      {
        name: 'time',
        value: seconds(ms),
        unit: 's',
        goal: null,
        baseline: { name: `${requests} bare round trips, 8 at once`, value: seconds(bareMs) },
      },
      { name: 'requests', value: requests, unit: 'requests', goal: null, baseline: { name: 'one per tenant', value: setup.tenants } },
      {
        name: 'growth of resident memory at its peak',
        value: growth,
        unit: 'MB',
        goal: null,
        baseline: { name: `after the first ${setup.few}`, value: growthAfterFew },
      },
      {
        name: 'heap in use, after a collection',
        value: inUse,
        unit: 'MB',
        goal: null,
        baseline: { name: `after the first ${setup.few}`, value: inUseAfterFew },
      },
      {
        name: 'longest stall, computed by this thread',
        value: turn.computed,
        unit: 'ms',
        goal: 50,
        baseline: { name: 'longest stall, all in all', value: turn.waited },
      },
      {
        name: `${setup.tenants - 1} others beside a slow tenant`,
        value: seconds(others.ms),
        unit: 's',
        goal: null,
        baseline: { name: 'beside a normal one', value: seconds(others.undisturbedMs) },
      },
    ],
  };
}
