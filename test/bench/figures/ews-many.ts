import { runProgram } from '../child-process.ts';
import type { FigureGroup } from '../figure.ts';
import type { EwsManyMeasured, EwsManySetup } from '../programs/ews-many.ts';

const setup: EwsManySetup = { tenants: 200, slowness: 10_000 };

/** Who hangs on EWS, in all tenants of a service provider. */
export async function ewsMany(): Promise<FigureGroup> {
  const { read, ms, requests, bareMs, others } = await runProgram<EwsManyMeasured>('ews-many.ts', setup);
  const seconds = (milliseconds: number) => milliseconds / 1000;
  return {
    title: `Inventory of EWS in ${setup.tenants} practice tenants`,
    how: 'One credential in each, RSA 3072, whose own token reads; every tenant has an application with the permission, or there is no figure.',
    figures: [
      { name: 'read', value: read, unit: 'tenants', goal: null, baseline: { name: 'stored', value: setup.tenants } },
      {
        name: 'time',
        value: seconds(ms),
        unit: 's',
        goal: null,
        baseline: { name: `${requests} bare round trips, 8 at once`, value: seconds(bareMs) },
      },
      { name: 'requests', value: requests, unit: 'requests', goal: null, baseline: { name: 'one per tenant', value: setup.tenants } },
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
