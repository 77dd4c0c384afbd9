import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until it is there to be seen. */
export async function expectShown(what: Locator): Promise<void> {
  await what.first().waitFor();
  expect(await what.first().isVisible()).toBe(true);
}
