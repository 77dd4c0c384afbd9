import { runProgram } from '../child-process.ts';
import type { FigureGroup } from '../figure.ts';
import type { TakeOverMeasured, TakeOverSetup } from '../programs/take-over.ts';

const setup: TakeOverSetup = { instances: 200, few: 25 };

/** A service provider's MailStore, all of its instances at once. */
export async function takeOverMany(): Promise<FigureGroup> {
  const { added, ms, requests, bareMs, requestsOfCheck, inUse, inUseAfterFew } = await runProgram<TakeOverMeasured>('take-over.ts', setup);
  const seconds = (milliseconds: number) => milliseconds / 1000;
  return {
    title: `Take-over of a practice MailStore with ${setup.instances} instances`,
    how: 'One Microsoft 365 credential in each; every one is added and linked, or there is no figure.',
    figures: [
      { name: 'added', value: added, unit: 'tenants', goal: null, baseline: { name: 'instances', value: setup.instances } },
      {
        name: 'time',
        value: seconds(ms),
        unit: 's',
        goal: null,
        baseline: { name: `${requests} bare round trips, 8 at once`, value: seconds(bareMs) },
      },
      { name: 'requests', value: requests, unit: 'requests', goal: null, baseline: { name: 'one per instance', value: setup.instances } },
      {
        name: 'requests of one check',
        value: requestsOfCheck,
        unit: 'requests',
        goal: null,
        baseline: { name: 'answers that it needs', value: 4 },
      },
      {
        name: 'heap in use, after a collection',
        value: inUse,
        unit: 'MB',
        goal: null,
        baseline: { name: `after the first ${setup.few}`, value: inUseAfterFew },
      },
    ],
  };
}
