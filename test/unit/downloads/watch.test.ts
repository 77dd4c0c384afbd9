import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, toCer, toPem } from '../../../main/certificates/index.ts';
import { isWindows, skippedWhere } from '../../system.ts';
import { opensslCertificate, ours, scratchFile, scratchFolder } from '../certificates/samples.ts';
import { twoLooks, watching } from './watching.ts';

const minute = 60 * 1000;

/** Sets the time of a file, in milliseconds from now. */
function setTime(path: string, fromNow: number): void {
  const time = new Date(Date.now() + fromNow);
  utimesSync(path, time, time);
}

describe('a watch of the Downloads folder', () => {
  it('tells of a certificate that comes, in any of its forms, and of its end', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const watch = watching(folder);
    const path = join(folder, 'MailStore Server.cer');
    writeFileSync(path, toCer(certificate));
    await watch.eventually('MailStore Server.cer *');
    const found = watch.told[0]?.[0];
    expect(found?.certificate).toEqual(certificate);
    expect(Math.abs((found?.modifiedAt.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
    unlinkSync(path);
    await watch.eventually();
    for (const name of ['a.CRT', 'b.pem', 'c.Der', 'd.p7b', 'e.P7C']) {
      writeFileSync(join(folder, name), toPem(certificate));
      await watch.eventually(`${name} *`);
      unlinkSync(join(folder, name));
      await watch.eventually();
    }
    expect(watch.told.every((each) => each.length < 2)).toBe(true);
  });

  it('finds what came shortly before it, and says the same only once', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const path = join(folder, 'new.cer');
    writeFileSync(path, toCer(certificate));
    const watch = watching(folder);
    setTime(path, -1500);
    await watch.eventually('new.cer *');
    await twoLooks();
    expect(watch.told).toHaveLength(1);
  });

  it('leaves old files alone, moved here or renamed as they may be, until they are written anew', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const old = join(folder, 'old.cer');
    writeFileSync(old, toCer(certificate));
    setTime(old, -minute);
    const elsewhere = scratchFile('elsewhere.cer', toCer(certificate));
    setTime(elsewhere, -minute);
    const watch = watching(folder);
    renameSync(old, join(folder, 'renamed.cer'));
    renameSync(elsewhere, join(folder, 'moved.cer'));
    await twoLooks();
    expect(watch.told).toEqual([]);
    writeFileSync(join(folder, 'renamed.cer'), toCer(certificate));
    await watch.eventually('renamed.cer *');
  });

  it('is not taken in by files whose time lies in the future', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    for (const [name, ahead] of [
      ['ahead.cer', 5 * minute],
      ['far.cer', 3000 * 24 * 60 * minute],
    ] as const) {
      writeFileSync(join(folder, name), toCer(certificate));
      setTime(join(folder, name), ahead);
    }
    const watch = watching(folder);
    await twoLooks();
    expect(watch.told).toEqual([]);
    writeFileSync(join(folder, 'new.cer'), toCer(certificate));
    // As on a share whose server's clock is ahead.
    setTime(join(folder, 'new.cer'), 6 * minute);
    await watch.eventually('new.cer *');
  });

  it('looks into no subfolder, follows no link, and goes by the ending', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const outside = scratchFile('outside.cer', toCer(certificate));
    const watch = watching(folder);
    mkdirSync(join(folder, 'sub.cer'));
    writeFileSync(join(folder, 'sub.cer', 'inside.cer'), toCer(certificate));
    symlinkSync(outside, join(folder, 'link.cer'));
    for (const name of ['a.cer.crdownload', 'b.cer.part', 'c.tmp', 'cer', 'd.txt', 'e.cer.zip'])
      writeFileSync(join(folder, name), toCer(certificate));
    await twoLooks();
    expect(watch.told).toEqual([]);
    writeFileSync(join(folder, 'inside.cer'), toCer(certificate));
    await watch.eventually('inside.cer *');
  });

  it('preselects none of two, and the one that is left', async () => {
    const folder = scratchFolder();
    const [one, two] = await Promise.all([ours('one'), ours('two')]);
    const watch = watching(folder);
    writeFileSync(join(folder, 'one.cer'), toCer(one.certificate));
    await watch.eventually('one.cer *');
    writeFileSync(join(folder, 'two.cer'), toCer(two.certificate));
    setTime(join(folder, 'one.cer'), -1000);
    await watch.eventually('one.cer', 'two.cer');
    await expect.poll(() => watch.told.at(-1)?.map(({ name }) => name)).toEqual(['two.cer', 'one.cer']);
    unlinkSync(join(folder, 'one.cer'));
    await watch.eventually('two.cer *');
    for (const found of watch.told) expect(found.filter(({ preselected }) => preselected)).toHaveLength(found.length === 1 ? 1 : 0);
  });

  it('waits for the end of a file that is still written, and reads it anew when it changes', async () => {
    const folder = scratchFolder();
    const [one, two] = await Promise.all([ours('one'), ours('two')]);
    const watch = watching(folder);
    const pem = toPem(one.certificate);
    const path = join(folder, 'server.cer');
    for (const part of ['', pem.slice(0, 300), pem.slice(300, 700)]) {
      appendFileSync(path, part);
      await new Promise((resolve) => void setTimeout(resolve, 300));
    }
    expect(watch.told).toEqual([]);
    appendFileSync(path, pem.slice(700));
    await watch.eventually('server.cer *');
    // As a browser does it: beside the name, then into its place.
    writeFileSync(`${path}.crdownload`, toCer(two.certificate));
    renameSync(`${path}.crdownload`, path);
    await expect.poll(() => watch.told.at(-1)?.[0]?.certificate.subject, { timeout: 30_000 }).toBe('CN=two');
  });

  it('proposes nothing that a chosen file would be refused for, and says why once it stays so', async () => {
    const folder = scratchFolder();
    const { certificate, privateKey } = await ours();
    const watch = watching(folder);
    const pfx = await createPfx({ certificate, privateKey, password: 'secret', encryption: 'modern', friendlyName: 'x' });
    const expired = await ours('over', 2048, new Date(Date.now() - 2000 * 24 * 60 * minute));
    const files: Record<string, Uint8Array | string> = {
      'pfx.cer': pfx,
      'MailStore.pfx': pfx,
      'key.pem': toPem(certificate) + privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      'two.pem': toPem(certificate) + toPem(expired.certificate),
      'over.cer': toCer(expired.certificate),
      'text.crt': 'Hello, world!',
      'large.der': Buffer.alloc(300 * 1024, 0x30),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    renameSync(opensslCertificate(['-newkey', 'rsa:1024']).pem, join(folder, 'small.pem'));
    writeFileSync(join(folder, 'good.cer'), toCer(certificate));
    await watch.eventually('good.cer *');
    await expect.poll(watch.refused, { timeout: 30_000 }).toEqual({
      'pfx.cer': 'certificate.pfx',
      'MailStore.pfx': 'certificate.pfx',
      'key.pem': 'certificate.private-key-inside',
      'two.pem': 'certificate.chain',
      'over.cer': 'certificate.expired',
      'text.crt': 'certificate.not-a-certificate',
      'large.der': 'certificate.file-too-large',
      'small.pem': 'certificate.key-too-small',
    });
    expect(watch.names()).toEqual(['good.cer *']);
    await twoLooks();
    expect(watch.told.length).toBeLessThan(5);
    // What takes the place of a refused file is validated anew.
    writeFileSync(join(folder, 'over.cer'), toCer(certificate));
    await watch.eventually('good.cer', 'over.cer');
    expect(watch.refused()).not.toHaveProperty('over.cer');
  });
});

describe('the end of a watch', () => {
  it('is a fault when the folder is removed, or was never there', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const watch = watching(folder);
    writeFileSync(join(folder, 'a.cer'), toCer(certificate));
    await watch.eventually('a.cer *');
    rmSync(folder, { recursive: true });
    expect(await watch.outcome).toMatchObject({ name: 'Fault', code: 'downloads.folder-missing', params: { folder } });
    expect(await watching(folder).outcome).toMatchObject({ code: 'downloads.folder-missing' });
    expect(await watching(scratchFile('a.cer', toCer(certificate))).outcome).toMatchObject({ code: 'downloads.folder-missing' });
  });

  // A name that is longer than any file system takes. Windows says of it that there is no such folder.
  const named = skippedWhere(isWindows, 'a folder that is there and cannot be read needs another user on Windows');
  it('is a fault when the folder cannot be read', named, async () => {
    expect(await watching(join(scratchFolder(), 'x'.repeat(300))).outcome).toMatchObject({
      name: 'Fault',
      code: 'downloads.folder-unreadable',
      params: { reason: 'ENAMETOOLONG' },
    });
  });

  it('comes at once by the signal, and nothing is told after it', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const watch = watching(folder);
    const path = join(folder, 'a.cer');
    writeFileSync(path, toCer(certificate));
    await watch.eventually('a.cer *');
    const begin = performance.now();
    unlinkSync(path);
    watch.abort();
    expect(await watch.outcome).toBe('aborted');
    expect(performance.now() - begin).toBeLessThan(1500);
    await twoLooks();
    expect(watch.told).toHaveLength(1);
    const late = watching(folder);
    late.abort();
    expect(await late.outcome).toBe('aborted');
  });

  it('leaves nothing behind that keeps a process alive', () => {
    const folder = scratchFolder();
    const program = `
      import { watchDownloads } from ${JSON.stringify(new URL('../../../main/downloads/index.ts', import.meta.url).href)};
      const watch = (folder, signal) => watchDownloads({ folder, started: new Date(), now: () => new Date(), signal, onChange: () => undefined });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 500);
      await watch(${JSON.stringify(folder)}, controller.signal);
      await watch(${JSON.stringify(join(folder, 'none'))}, new AbortController().signal).catch(() => undefined);
      const ended = performance.now();
      process.on('exit', () => console.log(performance.now() - ended));
    `;
    const milliseconds = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 100_000 });
    expect(Number.parseFloat(milliseconds)).toBeLessThan(10_000);
  });
});
