import { describe, expect, it } from 'vitest';
import type { UpdateState } from '../../../preload/contract.ts';
import { Fault } from '../../../main/faults.ts';
import { silentLog } from '../../../main/log/index.ts';
import type { UpdateObstacle } from '../../../main/shell/updates/obstacle.ts';
import type { UpdateSource } from '../../../main/shell/updates/update-source.ts';
import { createUpdates } from '../../../main/shell/updates/updates.ts';

const found = { version: '2.0.0', notes: 'Keys are found sooner.' };
const now = new Date('2026-11-29T09:30:00.000Z');
const offline = () => Promise.reject(new Fault('update.failed', { params: { detail: 'ENOTFOUND' } }));

function updates(source: Partial<UpdateSource> = {}, obstacle: UpdateObstacle | null = null) {
  const seen: UpdateState[] = [];
  let installed = 0;
  const made = createUpdates({
    source: {
      find: () => Promise.resolve(found),
      download: (onPercent) => Promise.resolve(onPercent(50)),
      restartAndInstall: () => {
        installed += 1;
        return Promise.resolve();
      },
      ...source,
    },
    obstacle,
    now: () => now,
    log: () => silentLog,
    view: ({ code }) => ({ code, message: '', fix: '', retryable: true, correlationId: '' }),
    changed: (state) => void seen.push(state),
  });
  return { made, seen, installed: () => installed };
}

describe('updates', () => {
  it('go from step to step, each when it is wanted, and the program is never ended by itself', async () => {
    const { made, seen, installed } = updates();
    expect(made.state()).toEqual({ kind: 'idle', checkedAt: null });
    await made.look();
    expect(made.state()).toEqual({ kind: 'available', ...found });
    await made.install();
    await made.download();
    expect(seen.map(({ kind }) => kind)).toEqual(['available', 'downloading', 'downloading', 'ready']);
    expect(seen[2]).toEqual({ kind: 'downloading', version: '2.0.0', percent: 50 });
    expect(installed()).toBe(0);
    // What is ready stays ready.
    await made.look();
    await made.check();
    expect(made.state()).toEqual({ kind: 'ready', ...found });
    await made.install();
    expect(installed()).toBe(1);
  });

  it('that are not there are told with the time', async () => {
    const { made } = updates({ find: () => Promise.resolve(null) });
    await expect(made.check()).resolves.toEqual({ kind: 'idle', checkedAt: now.toISOString() });
    await expect(made.download()).resolves.toEqual({ kind: 'idle', checkedAt: now.toISOString() });
  });

  it('that cannot be looked for are told to who asked, and to nobody else', async () => {
    const { made, seen } = updates({ find: offline });
    await made.look();
    expect([made.state(), seen]).toEqual([{ kind: 'idle', checkedAt: null }, []]);
    await expect(made.check()).resolves.toMatchObject({ kind: 'failed', fault: { code: 'update.failed' } });
    expect(seen.map(({ kind }) => kind)).toEqual(['checking', 'failed']);
  });

  it('can be tried again after a failed download', async () => {
    let tried = 0;
    const { made, installed } = updates({
      download: () => (tried++ === 0 ? Promise.reject(new Fault('update.signature', { params: { detail: '' } })) : Promise.resolve()),
    });
    await made.check();
    await expect(made.download()).resolves.toMatchObject({ kind: 'failed', fault: { code: 'update.signature' } });
    await made.install();
    expect(installed()).toBe(0);
    await made.check();
    await expect(made.download()).resolves.toMatchObject({ kind: 'ready' });
  });

  it('that do not pass the check before they are run are told, and not run', async () => {
    const refused = () => Promise.reject(new Fault('update.signature', { params: { detail: '' } }));
    const { made } = updates({ restartAndInstall: refused });
    await made.check();
    await made.download();
    await expect(made.install()).resolves.toMatchObject({ kind: 'failed', fault: { code: 'update.signature' } });
    await expect(made.check()).resolves.toMatchObject({ kind: 'available' });
  });

  it('are not looked for where this installation cannot take them', async () => {
    const { made, seen } = updates({ find: () => Promise.reject(new Error('asked all the same')) }, 'package');
    await made.look();
    await expect(made.check()).resolves.toEqual({ kind: 'off', reason: 'package' });
    expect(seen).toEqual([]);
  });
});
