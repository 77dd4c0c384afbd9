import { readFile } from 'node:fs/promises';
import { Fault } from '../faults.ts';

/** The first line of a text, without its end: what `--password-stdin` and `--password-file` mean by a password. */
export function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
}

/** @throws Fault file.password-unreadable */
export async function readPasswordFile(path: string): Promise<string> {
  try {
    return firstLine(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Fault('file.password-unreadable', { params: { path }, cause: error });
  }
}
