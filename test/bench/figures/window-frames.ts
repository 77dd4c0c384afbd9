import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { FigureGroup } from '../figure.ts';
import { longestFrame, withPages } from '../window-page.ts';

const idle = () => pause(1000);

/** A wheel that is turned for two seconds, a third of a page at each frame. */
const wheel = `new Promise((resolve) => {
  const list = [...document.querySelectorAll('main *')].find((each) => each.scrollHeight > each.clientHeight * 4 && /auto|scroll/.test(getComputedStyle(each).overflowY));
  const ends = performance.now() + 2000;
  const step = () => {
    list.scrollTop += list.clientHeight / 3;
    if (performance.now() < ends) requestAnimationFrame(step);
    else resolve(list.scrollTop);
  };
  requestAnimationFrame(step);
})`;

async function scroll(page: Page): Promise<void> {
  if ((await page.evaluate<number>(wheel)) === 0) throw new Error('nothing was scrolled');
}

async function filter(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('archive', { delay: 60 });
  for (const _ of 'archive') await page.keyboard.press('Backspace', { delay: 60 });
}

async function sort(page: Page): Promise<void> {
  for (const column of ['expires', 'state', 'name']) {
    await page.locator(`[data-column=${column}] button`).click();
    await pause(150);
  }
}

/** How smooth the list is with 5,000 credentials. */
export function windowFrames(): Promise<FigureGroup> {
  return withPages(async (host) => {
    const { page } = await host.open({ rows: 5000, undisturbed: true });
    await page.locator('[role=row][data-key]').first().waitFor();
    // By then the other pages have been read ahead.
    await pause(4000);
    const baseline = { name: 'idle for a second', value: await longestFrame(page, idle) };
    const figure = async (name: string, during: (page: Page) => Promise<void>, goal: number | null) =>
      ({ name, value: await longestFrame(page, () => during(page)), unit: 'ms', goal, baseline }) as const;
    return {
      title: 'Longest frame of the list with 5,000 credentials',
      how: 'Time between two frames in Chromium without a graphics processor; a frame at rest takes 16.7 ms.',
      figures: [
        await figure('scrolling', scroll, 50),
        await figure('filtering as one types', filter, 50),
        await figure('sorting', sort, null),
      ],
    };
  });
}
