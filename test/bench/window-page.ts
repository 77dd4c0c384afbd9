import type { Page } from 'playwright-core';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

/** The window's pages as they are shipped, in Chromium. @throws Error without a Chromium: there is no figure without it */
export async function withPages<T>(measure: (host: RendererHost) => Promise<T>): Promise<T> {
  const executable = findChromium();
  if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed (Debian: chromium)');
  const host = await startRendererHost(executable);
  try {
    return await measure(host);
  } finally {
    await host.close();
  }
}

const beginFrames = `{
  const frames = { longest: 0, running: true };
  globalThis.frames = frames;
  let last = null;
  const look = (time) => {
    if (last !== null) frames.longest = Math.max(frames.longest, time - last);
    last = time;
    if (frames.running) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;

/** Longest time between two frames while something goes on, in milliseconds. */
export async function longestFrame(page: Page, during: () => Promise<void>): Promise<number> {
  await page.evaluate(beginFrames);
  await during();
  return page.evaluate<number>('frames.running = false, frames.longest');
}

/** What a page still holds after a garbage collection, in MB. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}
