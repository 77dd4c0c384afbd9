import type { Locator, Page } from 'playwright-core';

/** The window without a mouse. */
export interface Keyboard {
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Types into whatever has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** Tab until it has the focus. @throws Error for what Tab does not reach */
  readonly tabTo: (what: Locator) => Promise<void>;
  /** Tab there, then Enter. */
  readonly activate: (what: Locator) => Promise<void>;
}

/** More stops than any page has. */
const most = 60;

export function keyboardOf(page: Page): Keyboard {
  const { keyboard } = page;
  const tabTo = async (what: Locator) => {
    await what.waitFor();
    const focused = what.and(page.locator(':focus'));
    for (let stop = 0; stop < most; stop += 1) {
      if ((await focused.count()) > 0) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(what)}`);
  };
  return {
    press: async (...keys) => {
      for (const key of keys) await keyboard.press(key);
    },
    type: (text) => keyboard.type(text),
    tabTo,
    activate: async (what) => {
      await tabTo(what);
      await keyboard.press('Enter');
    },
  };
}
