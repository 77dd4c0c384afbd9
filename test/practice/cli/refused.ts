import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isWindows } from '../../system.ts';
import type { Document, Ended } from './command-line.ts';

/** Nobody can write there, root included. */
export const unwritable = isWindows ? join(tmpdir(), 'no?name') : '/proc/keyring';

/** One sentence or two for people, the same as a document, and nothing else. */
export function refusedInWords({ code, stdout, stderr }: Ended, expected: string): void {
  const { fault, ...more } = JSON.parse(stdout) as { fault: Document & { message: string; fix: string } };
  expect(more).toEqual({});
  expect(fault).toEqual({
    code: expected,
    message: expect.stringMatching(/./),
    fix: expect.stringMatching(/./),
    retryable: false,
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(code).toBe(2);
  expect(stderr).toBe(`${fault.message.replace(/(?<![.!?”])$/, '.')} ${fault.fix}\n`);
  expect(stderr).not.toMatch(/\bat .*\.ts|\{[a-z]+\}|\[object/);
}
