import { expect, it } from 'vitest';
import type { UpdateState } from '../../preload/contract.ts';
import type { Updates } from '../../main/shell/updates/updates.ts';
import { desk } from './desk.ts';

it('a newer version is looked for, fetched and installed, each by a request of its own', async () => {
  const found = { version: '2.0.0', notes: 'Keys are found sooner.' };
  let state: UpdateState = { kind: 'idle', checkedAt: null };
  const asked: string[] = [];
  const become = (request: string, next: UpdateState) => {
    asked.push(request);
    state = next;
    return Promise.resolve(next);
  };
  const updates: Updates = {
    state: () => state,
    check: () => become('check', { kind: 'available', ...found }),
    look: () => Promise.reject(new Error('not for the window')),
    download: () => become('download', { kind: 'ready', ...found }),
    install: () => become('install', { kind: 'ready', ...found }),
  };
  const { request } = await desk({ updates });
  await expect(request('updates:read', null)).resolves.toEqual({ ok: true, value: { kind: 'idle', checkedAt: null } });
  await expect(request('updates:check', null)).resolves.toEqual({ ok: true, value: { kind: 'available', ...found } });
  await expect(request('updates:download', null)).resolves.toEqual({ ok: true, value: { kind: 'ready', ...found } });
  await expect(request('updates:install', null)).resolves.toEqual({ ok: true, value: null });
  expect(asked).toEqual(['check', 'download', 'install']);
});
