import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { desk, draft } from './desk.ts';

/** A desk with one credential, and a PFX of it under a password that main has made. */
async function generated(encryption: 'modern' | 'compatible' = 'modern') {
  const here = await desk();
  const ended = (await here.setUp({ draft, certificate: null })).at(-1);
  if (ended?.kind !== 'ended') throw new Error('not ended');
  const { id } = ended.report.credential;
  const path = join(here.here.directory, 'handover.pfx');
  const write = async () => {
    here.paths.push(path);
    const answer = await here.request('certificate:export', { id, format: 'pfx', password: 'generated', encryption });
    if (!answer.ok || answer.value?.generatedPassword == null) throw new Error('no password was made');
    return { ...answer.value, password: answer.value.generatedPassword };
  };
  return { here, id, path, write, written: await write() };
}

/** Beside it, in Wine, is told that files there get no access list of their own. */
const toldOfPassword = ({ told }: Pick<Awaited<ReturnType<typeof desk>>, 'told'>) =>
  told.filter(({ message }) => message.startsWith('Password of'));

afterEach(() => void vi.useRealTimers());

describe('a generated password', () => {
  it.each(['modern', 'compatible'] as const)('opens the %s PFX, and comes into the page by no answer and no event', async (encryption) => {
    const { here, path, written } = await generated(encryption);
    expect(written.importCommands).toEqual({
      powershell: expect.stringContaining(`'${path}'`),
      certutil: expect.stringContaining(`"${path}"`),
    });
    const copied = await here.request('generated-password:copy', { password: written.password });
    expect(copied).toEqual({ ok: true, value: { seconds: 90 } });
    const [passphrase = ''] = here.copied;
    expect(passphrase).toMatch(/^(?:[A-Za-z2-9]{5}-){4}[A-Za-z2-9]{5}$/);
    expect(() => createSecureContext({ pfx: readFileSync(path), passphrase })).not.toThrow();
    const shown = await here.request('generated-password:show', { password: written.password });
    expect(shown).toEqual({ ok: true, value: null });
    expect(toldOfPassword(here)).toEqual([{ message: 'Password of handover.pfx', detail: passphrase }]);
    expect(JSON.stringify([written, copied, shown, here.emitted])).not.toContain(passphrase);
  });

  it('is copied as often as it is asked for, until its dialog is left', async () => {
    const { here, written } = await generated();
    const { password } = written;
    for (let times = 0; times < 2; times += 1)
      expect(await here.request('generated-password:copy', { password })).toMatchObject({ ok: true });
    expect(new Set(here.copied).size).toBe(1);
    for (let times = 0; times < 2; times += 1)
      expect(await here.request('generated-password:forget', { password })).toEqual({ ok: true, value: null });
    for (const channel of ['generated-password:copy', 'generated-password:show'] as const)
      expect(await here.request(channel, { password })).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
    expect(toldOfPassword(here)).toEqual([]);
  });

  it('is another one for every file, and the one before is forgotten', async () => {
    const { here, write, written } = await generated();
    await here.request('generated-password:copy', { password: written.password });
    const second = await write();
    expect(await here.request('generated-password:copy', { password: written.password })).toMatchObject({ ok: false });
    // A late word about the first one does not take the second.
    await here.request('generated-password:forget', { password: written.password });
    expect(await here.request('generated-password:copy', { password: second.password })).toMatchObject({ ok: true });
    expect(new Set(here.copied).size).toBe(2);
  });

  it('is cleared from the clipboard after its time, counted from the last copy; what was copied since stays', async () => {
    const { here, written } = await generated();
    const { password } = written;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const copy = () => here.request('generated-password:copy', { password });
    await copy();
    await vi.advanceTimersByTimeAsync(60_000);
    await copy();
    await here.request('generated-password:forget', { password });
    await vi.advanceTimersByTimeAsync(89_000);
    expect(here.clipboard()).toBe(here.copied[0]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.clipboard()).toBe('');
  });

  it('is left alone where something else was copied since', async () => {
    const { here, written } = await generated();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await here.request('generated-password:copy', { password: written.password });
    await here.request('clipboard:copy', { text: 'a thumbprint' });
    await vi.advanceTimersByTimeAsync(90_000);
    expect(here.clipboard()).toBe('a thumbprint');
  });

  it('is cleared and forgotten at once when the window or its list is left', async () => {
    const { here, written } = await generated();
    await here.request('generated-password:copy', { password: written.password });
    here.leave();
    await vi.waitFor(() => expect(here.clipboard()).toBe(''), { timeout: 30_000 });
    expect(await here.request('generated-password:copy', { password: written.password })).toMatchObject({ ok: false });
  });

  it('is made for no certificate alone, and for nothing that was not written', async () => {
    const { here, id } = await generated();
    here.paths.push(null, join(here.here.directory, 'alone.cer'));
    expect(await here.request('certificate:export', { id, format: 'pfx', password: 'generated', encryption: 'modern' })).toEqual({
      ok: true,
      value: null,
    });
    expect(await here.request('certificate:export', { id, format: 'cer', password: 'generated', encryption: 'modern' })).toMatchObject({
      ok: true,
      value: { generatedPassword: null, importCommands: null },
    });
  });
});
