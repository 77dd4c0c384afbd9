import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listBackups } from '../../main/vault/index.ts';
import { openServicesInUse } from '../../main/shell/services-in-use.ts';
import { memoryKeychain } from '../unit/vault/memory-keychain.ts';
import { spoil } from '../unit/vault/damage.ts';
import { desk, draft } from './desk.ts';

it('a damaged row is told, and moved into the file that was chosen', async () => {
  const { here, request, setUp, paths } = await desk();
  await setUp({ draft, certificate: null });
  const { engine, directory } = here.services;
  const [id = ''] = engine.store.ids();
  await expect(request('damaged:list', null)).resolves.toEqual({ ok: true, value: [] });
  spoil(directory, id, `json_set(document, '$.note', 'x')`);
  await expect(request('credentials:list', { deleted: false })).resolves.toEqual({ ok: true, value: [] });
  await expect(request('damaged:list', null)).resolves.toEqual({
    ok: true,
    value: [{ id, name: 'Contoso archive', reason: 'note', deleted: false }],
  });
  await expect(request('damaged:take-out', { id })).resolves.toEqual({ ok: true, value: null });
  const path = join(here.directory, 'row.json');
  paths.push(path);
  await expect(request('damaged:take-out', { id })).resolves.toEqual({ ok: true, value: { path } });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ id, reason: 'note', document: expect.stringContaining('"note"') });
  await expect(request('damaged:list', null)).resolves.toEqual({ ok: true, value: [] });
});

it('backups are listed, and one takes the place of the list only after the question of the system', async () => {
  const { here, request, setUp, answers, restored, told } = await desk();
  await setUp({ draft, certificate: null });
  await here.services.backUp();
  const listed = await request('backups:list', null);
  if (!listed.ok) throw new Error(listed.fault.code);
  expect(listed.value).toMatchObject([{ credentials: 1, damaged: 0, fault: null }]);
  const name = listed.value[0]?.name ?? '';
  await expect(request('backups:restore', { name })).resolves.toEqual({ ok: true, value: { restored: false } });
  expect(told.at(-1)?.message).toContain(name);
  expect(restored).toEqual([]);
  answers.push(true);
  await expect(request('backups:restore', { name })).resolves.toEqual({ ok: true, value: { restored: true } });
  expect(restored).toEqual([name]);
});

it('the open list is closed for it and opened again, unless somebody is at work', async () => {
  const { here, setUp } = await desk();
  await setUp({ draft, certificate: null });
  await here.services.backUp();
  const { directory } = here.services;
  const [backup] = listBackups(directory, () => 0);
  const name = backup?.name ?? '';
  const inUse = await openServicesInUse({
    config: {
      dataDir: here.directory,
      env: {},
      policies: {},
      platform: 'linux',
      fetch,
      openBrowser: () => Promise.resolve(),
      keychain: memoryKeychain(),
    },
    practice: { url: here.server.origin, account: null },
    begin: 'practice',
    language: 'en',
    onEnter: () => undefined,
  });
  // The other process has it open.
  await expect(inUse.restoreStore(name)).rejects.toMatchObject({ code: 'store.busy' });
  expect(inUse.current().engine.store.list()).toHaveLength(1);
  await here.services.close();
  const { engine } = inUse.current();
  const [id = ''] = engine.store.ids();
  await engine.leases.withLease(id, engine.owner, () => expect(inUse.restoreStore(name)).rejects.toMatchObject({ code: 'store.busy' }));
  engine.store.softDelete(id, new Date());
  await inUse.restoreStore(name);
  expect(inUse.current().engine.store.ids()).toEqual([id]);
  expect(inUse.current().engine.unsettled.has(id)).toBe(true);
  await inUse.close();
});
