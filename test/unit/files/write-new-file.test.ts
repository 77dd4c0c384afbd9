import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstLine, writeNewFile } from '../../../main/files/index.ts';
import { scratchFolder } from '../certificates/samples.ts';

const bytes = Buffer.from('new');
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });

describe('writing a file', () => {
  it('writes it whole, for this user only, and leaves nothing beside it', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    await writeNewFile(path, bytes, { force: false });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('never replaces an existing one without force', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    writeFileSync(path, 'old');
    await expect(writeNewFile(path, bytes, { force: false })).rejects.toEqual(fault('file.exists'));
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeNewFile(path, bytes, { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('lets one of two writers win and tells the other', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    const outcomes = await Promise.allSettled(['a', 'b'].map((text) => writeNewFile(path, Buffer.from(text), { force: false })));
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('names a missing folder and a folder in its place', async () => {
    const folder = scratchFolder();
    await expect(writeNewFile(join(folder, 'none', 'c.cer'), bytes, { force: false })).rejects.toEqual(fault('file.folder-missing'));
    mkdirSync(join(folder, 'c.cer'));
    await expect(writeNewFile(join(folder, 'c.cer'), bytes, { force: true })).rejects.toEqual(fault('file.is-folder'));
  });

  it('says that a place cannot be written', async () => {
    await expect(writeNewFile('/proc/tenant-keyring.cer', bytes, { force: false })).rejects.toMatchObject({ name: 'Fault', kind: 'input' });
  });
});

describe('a password file', () => {
  it.each([
    ['secret\n', 'secret'],
    ['secret\r\nsecond', 'secret'],
    ['\uFEFF with blanks ', ' with blanks '],
    ['', ''],
  ])('%j means %j', (text, password) => {
    expect(firstLine(text)).toBe(password);
  });
});
