import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { EventValue } from '../../preload/contract.ts';
import { createPfx, toCer, toPem } from '../../main/certificates/index.ts';
import { opensslCertificate, ours, scratchFile, scratchFolder } from '../unit/certificates/samples.ts';
import { twoLooks } from '../unit/downloads/watching.ts';
import { desk, draft, type Desk } from './desk.ts';

type Found = EventValue<'downloads:found'>;

const foundBy = ({ emitted }: Desk) => emitted.filter(([event]) => event === 'downloads:found').map(([, value]) => value as Found);
const eventually = (here: Desk, expected: unknown) =>
  vi.waitFor(() => expect(foundBy(here).at(-1)).toMatchObject(expected as Found), { timeout: 30_000 });

async function watchOf({ request }: Desk) {
  const answer = await request('downloads:watch', null);
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.value;
}

/** A desk that watches a folder of its own. */
async function watchingDesk() {
  const here = await desk();
  const folder = scratchFolder();
  here.downloadTo(folder);
  const { certificate } = await ours();
  const watched = await watchOf(here);
  return { here, folder, certificate, watched, download: (name: string) => writeFileSync(join(folder, name), toCer(certificate)) };
}

describe('a file that was dropped on the window', () => {
  const read = (here: Desk, bytes: Uint8Array | string, name = 'server.cer') =>
    here.request('certificate:read', { name, content: Buffer.from(bytes).toString('base64') });

  it('is answered like a chosen one, and can be set up with', async () => {
    const here = await desk();
    const { certificate } = await ours('MailStore');
    here.paths.push(scratchFile('server.cer', toCer(certificate)));
    const chosen = await here.request('certificate:choose', null);
    const dropped = await read(here, toPem(certificate));
    if (!chosen.ok || chosen.value === null || !dropped.ok) throw new Error('refused');
    expect(dropped.value.facts).toEqual(chosen.value.facts);
    const ended = (await here.setUp({ draft: { ...draft, custody: 'external' }, certificate: dropped.value.certificate })).at(-1);
    expect(ended).toMatchObject({ kind: 'ended', report: { credential: { certificate: { thumbprint: certificate.thumbprint } } } });
  });

  it('is refused for the same reasons as a chosen one, by its name', async () => {
    const here = await desk();
    const { certificate, privateKey } = await ours();
    const over = await ours('over', 2048, new Date('2020-01-01T00:00:00Z'));
    const small = opensslCertificate(['-newkey', 'rsa:1024']);
    const curve = opensslCertificate(['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']);
    const mistakes: [string, Uint8Array | string][] = [
      ['certificate.pfx', await createPfx({ certificate, privateKey, password: 'secret', encryption: 'modern', friendlyName: 'x' })],
      ['certificate.private-key-inside', privateKey.export({ format: 'der', type: 'pkcs8' })],
      ['certificate.expired', over.certificate.der],
      ['certificate.not-rsa', readFileSync(curve.pem)],
      ['certificate.key-too-small', readFileSync(small.pem)],
      ['certificate.chain', toPem(certificate) + toPem(over.certificate)],
      ['certificate.cut-off', toPem(certificate).slice(0, 300)],
      ['certificate.not-a-certificate', 'Hello, world!'],
      ['certificate.file-empty', ''],
      ['certificate.file-too-large', Buffer.alloc(262_145, 0x30)],
    ];
    for (const [code, bytes] of mistakes) {
      const dropped = await read(here, bytes, 'the file.cer');
      expect(dropped, code).toMatchObject({ ok: false, fault: { code, message: expect.stringContaining('the file.cer') } });
      const path = scratchFile('the file.cer', bytes);
      here.paths.push(path);
      const chosen = await here.request('certificate:choose', null);
      if (dropped.ok || chosen.ok) throw new Error('accepted');
      expect(chosen.fault.message.replaceAll(path, 'the file.cer'), code).toBe(dropped.fault.message);
      expect(chosen.fault.fix.replaceAll(path, 'the file.cer'), code).toBe(dropped.fault.fix);
    }
    // The largest that may be a certificate is still validated by what it is.
    expect(await read(here, Buffer.alloc(262_144, 0x30))).toMatchObject({ ok: false, fault: { code: 'certificate.not-a-certificate' } });
  });

  it('is not even validated when it is no base64, or longer than is needed', async () => {
    const { raw } = await desk();
    for (const input of [
      { name: 'a.cer', content: 'no base64!' },
      { name: '', content: '' },
      { name: 'x'.repeat(256), content: '' },
      { name: 'a.cer', content: 'A'.repeat(349_532) },
      { name: 'a.cer', content: '', path: '/etc/passwd' },
    ]) {
      expect(await raw('certificate:read', input)).toMatchObject({ ok: false, fault: { code: 'window.request-malformed' } });
    }
  });
});

describe('the Downloads folder', () => {
  it('is watched when asked: what is found is kept like a chosen certificate', async () => {
    const { here, folder, certificate, watched, download } = await watchingDesk();
    const { watch } = watched;
    expect(watched.folder).toBe(folder);
    expect(foundBy(here)).toEqual([]);
    download('MailStore.cer');
    await eventually(here, {
      watch,
      fault: null,
      files: [{ name: 'MailStore.cer', facts: { thumbprint: certificate.thumbprint }, preselected: true }],
    });
    const first = foundBy(here).at(-1)?.files[0];
    download('MailStore (1).cer');
    await eventually(here, { files: [{ preselected: false }, { preselected: false }] });
    // The same certificate keeps its name.
    expect(
      foundBy(here)
        .at(-1)
        ?.files.map((file) => file.certificate),
    ).toEqual([first?.certificate, first?.certificate]);
    const ended = (await here.setUp({ draft: { ...draft, custody: 'external' }, certificate: first?.certificate ?? null })).at(-1);
    expect(ended).toMatchObject({ kind: 'ended', report: { credential: { certificate: { thumbprint: certificate.thumbprint } } } });
  });

  it('that gets a PFX or an expired certificate says so in one sentence each, by the name of the file', async () => {
    const { here, folder, certificate, watched } = await watchingDesk();
    const over = await ours('over', 2048, new Date('2020-01-01T00:00:00Z'));
    writeFileSync(join(folder, 'old.cer'), toCer(over.certificate));
    await eventually(here, {
      watch: watched.watch,
      files: [],
      refused: [
        {
          name: 'old.cer',
          message: expect.stringMatching(/^The certificate in old\.cer expired/),
          fix: expect.stringContaining('Create Certificate'),
        },
      ],
    });
    const made = await ours('made');
    writeFileSync(join(folder, 'server.pfx'), await createPfx({ ...made, password: 'secret', encryption: 'modern', friendlyName: 'x' }));
    await eventually(here, { refused: [{ name: 'server.pfx', message: 'server.pfx is a PFX with a private key.' }, { name: 'old.cer' }] });
    writeFileSync(join(folder, 'MailStore.cer'), toCer(certificate));
    await eventually(here, { files: [{ name: 'MailStore.cer', preselected: true }], refused: [{}, {}] });
    expect(JSON.stringify(foundBy(here))).not.toContain(folder);
  });

  it('shows the twenty newest of many, and forgets no certificate that is shown or chosen', async () => {
    const { here, folder, certificate, watched } = await watchingDesk();
    const { watch } = watched;
    here.paths.push(scratchFile('chosen.cer', toCer(certificate)));
    const chosen = await here.request('certificate:choose', null);
    if (!chosen.ok || chosen.value === null) throw new Error('nothing chosen');
    const made = await Promise.all(Array.from({ length: 24 }, (_, index) => ours(`server ${index}`)));
    for (const [index, each] of made.entries()) writeFileSync(join(folder, `${index}.cer`), toCer(each.certificate));
    await eventually(here, { watch, files: { length: 20 } });
    await twoLooks();
    const files = foundBy(here).at(-1)?.files ?? [];
    expect(files).toHaveLength(20);
    expect(files.some(({ preselected }) => preselected)).toBe(false);
    for (const id of [chosen.value.certificate, ...files.map((file) => file.certificate)]) {
      const path = join(scratchFolder(), 'c.cer');
      here.paths.push(path);
      expect(await here.request('certificate:export', { id, format: 'cer', password: null, encryption: 'modern' })).toEqual({
        ok: true,
        value: { path, importCommands: null, generatedPassword: null },
      });
    }
  });

  it('is no longer watched after a stop, which may come twice', async () => {
    const { here, watched, download } = await watchingDesk();
    const { watch } = watched;
    for (let times = 0; times < 2; times += 1) expect(await here.request('downloads:stop', { watch })).toEqual({ ok: true, value: null });
    download('late.cer');
    await twoLooks();
    expect(foundBy(here)).toEqual([]);
  });

  it('has one watch at a time: the next ends it, and its late stop does not end the next', async () => {
    const { here, watched: first, download } = await watchingDesk();
    const second = await watchOf(here);
    expect(second.watch).not.toBe(first.watch);
    await here.request('downloads:stop', { watch: first.watch });
    download('a.cer');
    await eventually(here, { watch: second.watch, files: [{ preselected: true }] });
    await twoLooks();
    expect(foundBy(here).map(({ watch }) => watch)).toEqual([second.watch]);
  });

  it('is no longer watched when the window or its list is left', async () => {
    const { here, download } = await watchingDesk();
    here.leave();
    download('late.cer');
    await twoLooks();
    expect(foundBy(here)).toEqual([]);
  });

  it('that is removed ends the watch with words; one that is not known is not watched', async () => {
    const { here, folder, watched, download } = await watchingDesk();
    download('a.cer');
    await eventually(here, { files: [{ name: 'a.cer' }] });
    rmSync(folder, { recursive: true });
    await vi.waitFor(() => expect(foundBy(here).at(-1)?.fault).not.toBeNull(), { timeout: 30_000 });
    expect(foundBy(here).at(-1)).toMatchObject({
      watch: watched.watch,
      files: [],
      fault: { code: 'downloads.folder-missing', message: expect.stringContaining(folder) },
    });
    here.downloadTo(null);
    expect(await here.request('downloads:watch', null)).toMatchObject({ ok: false, fault: { code: 'downloads.folder-unknown' } });
  });
});
