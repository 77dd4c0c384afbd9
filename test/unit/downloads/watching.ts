import { expect, onTestFinished, vi } from 'vitest';
import { watchDownloads, type FoundDownload, type RefusedDownload } from '../../../main/downloads/index.ts';

/** A watch under way, ended when the test ends. */
export function watching(folder: string, started = new Date()) {
  const controller = new AbortController();
  const told: (readonly FoundDownload[])[] = [];
  let refused: readonly RefusedDownload[] = [];
  const ended = watchDownloads({
    folder,
    started,
    now: () => new Date(),
    signal: controller.signal,
    onChange: (found, others) => {
      told.push(found);
      refused = others;
    },
  });
  const outcome = ended.then(
    () => 'aborted',
    (error: unknown) => error,
  );
  onTestFinished(async () => {
    controller.abort();
    await outcome;
  });
  const names = () =>
    told
      .at(-1)
      ?.map(({ name, preselected }) => `${name}${preselected ? ' *' : ''}`)
      .toSorted() ?? [];
  return {
    told,
    /** What was refused last: name and code. */
    refused: () => Object.fromEntries(refused.map(({ name, fault }) => [name, fault.code])),
    outcome,
    abort: () => controller.abort(),
    names,
    /** Waits until these are found and no others; an asterisk means preselected. */
    eventually: (...expected: string[]) => vi.waitFor(() => expect(names()).toEqual(expected), { timeout: 30_000 }),
  };
}

/** Longer than the pause between two looks: whatever is to be seen has been seen by then. */
export const twoLooks = () => new Promise<void>((resolve) => void setTimeout(resolve, 2500));
