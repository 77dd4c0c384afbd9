import type { Page } from 'playwright-core';
import { wordsOf } from './words.ts';

interface Recording {
  shown: { readonly screen: string; readonly text: string }[];
}

/** What can be read now, without the dimmed list behind a dialog and without the title bar; runs in the page. */
function record(): void {
  const here = globalThis as unknown as Recording;
  here.shown = [];
  const look = () => {
    const dialogs = [...document.querySelectorAll<HTMLElement>('[role=dialog],[role=alertdialog]')];
    const top = dialogs.at(-1) ?? document.querySelector<HTMLElement>('main');
    if (top === null) return;
    const fields = [...top.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=radio],[type=checkbox]),textarea')];
    const text = [top.innerText, ...fields.map((field) => field.value || field.placeholder)].join('\n');
    const { dialog, stage } = top.dataset;
    const sheet = top.querySelector<HTMLElement>('[data-sheet]')?.dataset['sheet'] ?? '';
    const screen = dialog === undefined ? 'window' : [stage ?? dialog, sheet].filter(Boolean).join(' ');
    const last = here.shown.at(-1);
    if (last?.screen !== screen || last.text !== text) here.shown.push({ screen, text });
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  look();
}

/** One screen of a journey, and the most that stood on it. */
export interface Screen {
  readonly screen: string;
  readonly words: number;
  readonly text: string;
}

/** Counts what is read and done from here on. */
export async function counted(page: Page) {
  await page.evaluate(record);
  let clicks = 0;
  let fields = 0;
  return {
    click: async (what: ReturnType<Page['locator']>) => {
      clicks += 1;
      await what.click();
    },
    type: async (what: ReturnType<Page['locator']>, text: string) => {
      fields += 1;
      await what.fill(text);
    },
    /** What was done so far, and each screen once, in the order in which they came. */
    result: async () => {
      const shown = await page.evaluate(() => (globalThis as unknown as Recording).shown);
      const screens = new Map<string, Screen>();
      for (const { screen, text } of shown) {
        const words = wordsOf(text);
        if (words > (screens.get(screen)?.words ?? -1)) screens.set(screen, { screen, words, text });
      }
      return { clicks, fields, screens: [...screens.values()] };
    },
  };
}
