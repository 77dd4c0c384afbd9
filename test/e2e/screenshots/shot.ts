import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What has settled: no animation runs, and nothing is under the pointer. */
export async function shot(page: Page, folder: string, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
