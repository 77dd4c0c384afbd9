import { deserialize, serialize } from 'node:v8';
import { createRouter, type Handlers } from '../../../main/shell/router.ts';
import { silentLog } from '../../../main/log/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { rows } from '../../host/fixtures.ts';
import { median, type FigureGroup } from '../figure.ts';

const times = 101;

/** A request on its way through the main process, without the handler's own work and without Electron's pipe. */
export async function windowRequests(): Promise<FigureGroup> {
  const stored = rows(1000);
  const handlers = {
    'credentials:list': () => Promise.resolve(stored),
    'clipboard:copy': () => Promise.resolve(null),
  } satisfies Partial<Handlers>;
  const texts = createTexts('en');
  const router = createRouter({ handlers: handlers as unknown as Handlers, texts: () => texts, log: () => silentLog });
  const measure = async (request: () => unknown): Promise<number> => {
    const measured: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const started = performance.now();
      await request();
      measured.push(performance.now() - started);
    }
    return median(measured);
  };
  const clone = (value: unknown): unknown => deserialize(serialize(value));
  const trip = (channel: string, input: unknown) => async () => clone(await router.handle({ trusted: true }, channel, clone(input)));
  return {
    title: 'Round trip of a request',
    how: `Median of ${times}: structured clone, sender, schema, handler that answers at once, schema, structured clone. The pipe between Electron’s processes comes on top.`,
    figures: [
      {
        name: 'copy a text',
        value: await measure(trip('clipboard:copy', { text: 'thumbprint' })),
        unit: 'ms',
        goal: null,
        baseline: { name: 'its clones alone', value: await measure(() => clone(clone({ text: 'thumbprint' }))) },
      },
      {
        name: 'list of 1,000',
        value: await measure(trip('credentials:list', { deleted: false })),
        unit: 'ms',
        goal: null,
        baseline: { name: 'its clone alone', value: await measure(() => clone(stored)) },
      },
    ],
  };
}
