import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFile } from '../../../main/files/index.ts';
import { isWine, privateFile, skippedWhere } from '../../system.ts';
import { scratchFolder } from '../certificates/samples.ts';

const bytes = Buffer.from('new');
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });

describe('writing a file', () => {
  it('writes it whole, for this user only, and leaves nothing beside it', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    await writeNewFile(path, bytes, { force: false });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(privateFile);
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

  it('lets one of many writers win and tells the others', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const outcomes = await Promise.allSettled(texts.map((text) => writeNewFile(path, Buffer.from(text.repeat(10_000)), { force: false })));
    const winner = texts.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winner).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toEqual(fault('file.exists'));
    expect(readFileSync(path, 'utf8')).toBe(winner[0]?.repeat(10_000));
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('names a missing folder and a folder in its place', async () => {
    const folder = scratchFolder();
    await expect(writeNewFile(join(folder, 'none', 'c.cer'), bytes, { force: false })).rejects.toEqual(fault('file.folder-missing'));
    mkdirSync(join(folder, 'c.cer'));
    await expect(writeNewFile(join(folder, 'c.cer'), bytes, { force: true })).rejects.toEqual(fault('file.is-folder'));
  });

  it('says that a place cannot be written', async () => {
    // Root may write anywhere but into the kernel's own tree; on Windows no name has a question mark.
    const folder = process.getuid?.() === 0 ? '/sys' : scratchFolder();
    if (folder !== '/sys') chmodSync(folder, 0o500);
    await expect(writeNewFile(join(folder, 'c?.cer'), bytes, { force: false })).rejects.toEqual(fault('file.not-writable'));
  });

  it('leaves a device alone, even with force', async () => {
    await expect(writeNewFile(devNull, bytes, { force: true })).rejects.toEqual(fault('file.not-writable'));
    expect(statSync(devNull).isFile()).toBe(false);
  });

  it('does not follow a link that leads nowhere', skippedWhere(isWine, 'links of Wine are not those of Windows'), async () => {
    const folder = scratchFolder();
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'c.cer'));
    await expect(writeNewFile(join(folder, 'c.cer'), bytes, { force: false })).rejects.toEqual(fault('file.exists'));
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });
});
