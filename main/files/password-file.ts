import { Fault } from '../faults.ts';
import { readAtMost } from './read-at-most.ts';
import { textOf } from './text-of.ts';

/** Bytes; a file larger than this was named by mistake. */
const largest = 64 * 1024;

/** The first line of a text, without its end: what `--password-stdin` and `--password-file` mean by a password. */
export function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
}

/**
 * The first line of a file, or of a pipe such as `<(pass show archive)`; UTF-8, or UTF-16 with a byte order mark.
 *
 * @throws Fault file.password-unreadable
 */
export async function readPasswordFile(path: string): Promise<string> {
  const bytes = await readAtMost(path, largest).catch((error: unknown) => {
    throw new Fault('file.password-unreadable', { params: { path }, cause: error });
  });
  if (bytes === null) throw new Fault('file.password-unreadable', { params: { path } });
  return firstLine(textOf(bytes));
}
