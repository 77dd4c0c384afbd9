import type { Page } from 'playwright-core';
import type { FigureGroup } from '../figure.ts';
import { heapOf, withPages } from '../window-page.ts';

async function openAndClose(page: Page, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await page.keyboard.press('Enter');
    // Escape is for whatever has the focus: the dialog, once it has taken it.
    await page.locator('[data-dialog=app-credentials] :focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('[role=row]:focus').waitFor();
  }
}

/** Whether the dialog leaves something behind. */
export function windowMemory(): Promise<FigureGroup> {
  return withPages(async (host) => {
    const { page } = await host.open({ rows: 20, context: { reducedMotion: 'reduce' } });
    await page.locator('[role=row][data-key]').first().click();
    // What is made once, and kept for the next time, is no leak.
    await openAndClose(page, 20);
    const before = await heapOf(page);
    await openAndClose(page, 200);
    return {
      title: 'Memory of the page after 200 dialogs',
      how: 'JavaScript heap after a garbage collection; the dialog Azure AD App Credentials is opened with Enter and closed with Escape.',
      figures: [
        {
          name: 'after 200 more',
          value: await heapOf(page),
          unit: 'MB',
          goal: null,
          baseline: { name: 'after the first 20', value: before },
        },
      ],
    };
  });
}
