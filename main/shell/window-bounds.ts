import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const bounds = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  maximized: z.boolean(),
});

/** Where the window was, in device-independent pixels. */
export type WindowBounds = z.infer<typeof bounds>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Null when nothing, or nothing usable, was kept. */
export function readBounds(file: string): WindowBounds | null {
  try {
    return bounds.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A place that cannot be kept is not worth a word: the window opens in the middle next time. */
export function keepBounds(file: string, kept: WindowBounds): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // see above
  }
}

const overlap = (start: number, length: number, from: number, size: number) =>
  Math.min(start + length, from + size) - Math.max(start, from);

/** Whether enough of the title bar is on a screen that is there today to take hold of it. */
export function isReachable(kept: Area, screens: readonly Area[]): boolean {
  return screens.some(
    (screen) => overlap(kept.x, kept.width, screen.x, screen.width) >= 100 && kept.y >= screen.y && kept.y + 30 <= screen.y + screen.height,
  );
}
