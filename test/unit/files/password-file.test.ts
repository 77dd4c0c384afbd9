import { describe, expect, it } from 'vitest';
import { firstLine, readPasswordFile } from '../../../main/files/index.ts';
import { scratchFile, scratchFolder } from '../certificates/samples.ts';

const little = Buffer.from('\uFEFFsecret\r\n', 'utf16le');

describe('a password file', () => {
  it.each([
    ['secret\n', 'secret'],
    ['secret\r\nsecond', 'secret'],
    ['\uFEFF with blanks ', ' with blanks '],
    ['', ''],
  ])('%j means %j, from a file or from standard input', async (text, password) => {
    expect(firstLine(text)).toBe(password);
    expect(await readPasswordFile(scratchFile('password', text))).toBe(password);
  });

  it.each([
    ['little', little],
    ['big', Buffer.from(little).swap16()],
  ])('may be UTF-16, %s end first, as Windows PowerShell writes it', async (_name, bytes) => {
    expect(await readPasswordFile(scratchFile('password', bytes))).toBe('secret');
  });

  it.each([
    ['missing', () => `${scratchFolder()}/none`],
    ['a folder', scratchFolder],
    // Windows has no device without an end; there this path is a missing file.
    ['without an end', () => '/dev/zero'],
  ])('%s cannot be read', async (_name, path) => {
    await expect(readPasswordFile(path())).rejects.toEqual(
      expect.objectContaining({ name: 'Fault', code: 'file.password-unreadable', kind: 'input' }),
    );
  });
});
