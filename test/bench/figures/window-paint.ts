import { median, type FigureGroup } from '../figure.ts';
import { withPages } from '../window-page.ts';
import type { RendererHost } from '../../host/renderer-page.ts';

const times = 7;

interface Opening {
  /** The window's frame stands. */
  readonly painted: number;
  /** The rows are on the screen. */
  readonly drawn: number;
  readonly interactive: number;
  /** kB of scripts that had been read when the first row stood. */
  readonly scripts: number;
}

/** In the page, before its own script: notes when the first row stands, what had been read by then, and when the thread is free again. */
const watchList = `globalThis.listDrawn = new Promise((resolve) => {
  // The clock that stands still has none.
  const entries = performance.getEntriesByType.bind(performance);
  const observer = new MutationObserver(() => {
    if (document.querySelector('[role=row][data-key]') === null) return;
    observer.disconnect();
    const scripts = entries('resource').filter(({ name }) => name.endsWith('.js'));
    const read = scripts.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0) / 1000;
    const drawn = new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    requestIdleCallback(async () => resolve({ interactive: performance.now(), drawn: await drawn, scripts: read }));
  });
  observer.observe(document, { childList: true, subtree: true });
})`;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry !== undefined) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/** First words on the screen, the rows, and a list that answers: drawn, and the thread free again. In milliseconds since navigation. */
async function open(host: RendererHost, rows: number): Promise<Opening> {
  const { page } = await host.open({ rows, prepare: watchList, undisturbed: true });
  await page.locator('[role=row][data-key]').first().waitFor();
  const opening = { painted: await page.evaluate<number>(firstPaint), ...(await page.evaluate<Omit<Opening, 'painted'>>('listDrawn')) };
  await page.context().close();
  return opening;
}

/** The same browser with a page of one word and no script. */
async function paintOfOneWord(host: RendererHost): Promise<number> {
  const { page } = await host.open({ rows: 0 });
  const plain = await page.context().newPage();
  await plain.route('http://one-word.invalid/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>.</title><p>word' }),
  );
  await plain.goto('http://one-word.invalid/');
  const painted = await plain.evaluate<number>(firstPaint);
  await page.context().close();
  return painted;
}

/** From the start of navigation until the manager is drawn and can be used. */
export function windowPaint(): Promise<FigureGroup> {
  return withPages(async (host) => {
    const words: number[] = [];
    const few: Opening[] = [];
    const many: Opening[] = [];
    await open(host, 20);
    for (let time = 0; time < times; time += 1) {
      words.push(await paintOfOneWord(host));
      few.push(await open(host, 20));
      many.push(await open(host, 1000));
    }
    const of = (openings: readonly Opening[], key: keyof Opening) => median(openings.map((opening) => opening[key]));
    const oneWord = { name: 'a page of one word', value: median(words) };
    const twenty = (key: keyof Opening) => ({ name: 'with 20', value: of(few, key) });
    return {
      title: 'Opening the manager',
      how: `Median of ${times} new pages in Chromium, from the start of navigation, once the browser’s new window has come to rest. First paint: the frame of the window with its name, which needs no script; drawn: the rows are on the screen. Interactive: the list is drawn and the page’s thread is free. The main process answers after 3 ms.`,
      figures: [
        { name: 'first paint, 20 credentials', value: of(few, 'painted'), unit: 'ms', goal: null, baseline: oneWord },
        { name: 'interactive, 20 credentials', value: of(few, 'interactive'), unit: 'ms', goal: null, baseline: oneWord },
        { name: 'drawn, 20 credentials', value: of(few, 'drawn'), unit: 'ms', goal: null, baseline: oneWord },
        { name: 'first paint, 1,000 credentials', value: of(many, 'painted'), unit: 'ms', goal: 5 * oneWord.value, baseline: oneWord },
        { name: 'drawn, 1,000 credentials', value: of(many, 'drawn'), unit: 'ms', goal: null, baseline: oneWord },
        { name: 'interactive, 1,000 credentials', value: of(many, 'interactive'), unit: 'ms', goal: 500, baseline: twenty('interactive') },
        { name: 'scripts read before the list', value: of(many, 'scripts'), unit: 'kB', goal: 600, baseline: twenty('scripts') },
      ],
    };
  });
}
