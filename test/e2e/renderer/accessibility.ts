import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with the page as it is, one line each. Tabster's own stops for the focus are left out: they are
 * hidden from assistive technology and never keep the focus.
 */
export async function violations(page: Page): Promise<string[]> {
  // Fluent fades dialogs in; contrast is measured once they stand still.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  );
  const { violations: found } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}
