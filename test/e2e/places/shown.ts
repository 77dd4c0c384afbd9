import type { SetupEvent } from '../../../preload/contract.ts';
import { createTexts, languages, type TextKey } from '../../../main/texts/index.ts';
import { someRun } from '../../host/fake-bridge.ts';
import type { RendererHost } from '../../host/renderer-page.ts';

export type Shown = Awaited<ReturnType<RendererHost['open']>>;
export type Place = (shown: Shown) => Promise<void>;

export const emit = ({ main }: Shown, event: SetupEvent) => main.emit('run:event', { run: someRun, event });
export const stage = ({ page }: Shown, at: string) => page.locator(`[data-stage=${at}]`).waitFor();

/** Signs of a text that mean something else in a pattern. */
const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whatever language the page speaks. In what it compares, Playwright takes a no-break space for a space. */
export const named = (key: TextKey, params: Readonly<Record<string, number>> = {}) =>
  new RegExp(`^(${languages.map((language) => literal(createTexts(language).t(key, params).replaceAll('\u00a0', ' '))).join('|')})$`);
