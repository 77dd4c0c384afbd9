import { runProgram } from '../child-process.ts';
import type { FigureGroup } from '../figure.ts';
import type { RotateManyMeasured, RotateManySetup } from '../programs/rotate-many.ts';

const setup: RotateManySetup = { tenants: 200 };

/** A service provider's scheduled task, on the day that all certificates are due. */
export async function rotateMany(): Promise<FigureGroup> {
  const { proven, failures, ms, requests, keysMs, oldRemoved, oldRemovedLater, turn } = await runProgram<RotateManyMeasured>(
    'rotate-many.ts',
    setup,
  );
  const seconds = (milliseconds: number) => milliseconds / 1000;
  return {
    title: `Unattended rotation of ${setup.tenants} practice tenants`,
    how: 'One credential in each, RSA 3072, all due; no administrator, an overlap of no day, and no handover confirmed. Then the same command once more.',
    figures: [
      { name: 'published and proven', value: proven, unit: 'tenants', goal: null, baseline: { name: 'due', value: setup.tenants } },
      { name: 'failures', value: failures, unit: 'tenants', goal: 0, baseline: { name: 'due', value: setup.tenants } },
      { name: 'old keys removed', value: oldRemoved, unit: 'keys', goal: 0, baseline: { name: 'published before', value: setup.tenants } },
      {
        name: 'old keys removed by a second run',
        value: oldRemovedLater,
        unit: 'keys',
        goal: 0,
        baseline: { name: 'published before', value: setup.tenants },
      },
      {
        name: 'time',
        value: seconds(ms),
        unit: 's',
        goal: null,
        baseline: { name: `${setup.tenants} RSA keys alone, 8 at once`, value: seconds(keysMs) },
      },
      { name: 'requests', value: requests, unit: 'requests', goal: null, baseline: { name: 'one per tenant', value: setup.tenants } },
      {
        name: 'longest stall, computed by this thread',
        value: turn.computed,
        unit: 'ms',
        goal: null,
        baseline: { name: 'longest stall, all in all', value: turn.waited },
      },
    ],
  };
}
