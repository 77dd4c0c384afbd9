import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const fault = (code: string) => ({ fault: expect.objectContaining({ code }) as unknown });
const names = ({ document }: { document: unknown }) =>
  (document as { credentials: { name: string }[] }).credentials.map(({ name }) => name);
const store = (data: string) => join(place().data(data), 'practice', 'keyring.sqlite');

/** A list with a backup from before its second credential. */
async function backedUp(data: string): Promise<string> {
  expect((await place().cli(data, 'restore-store')).stdout).toContain('no backup yet');
  await place().cli(data, ...connectArgs('First'));
  await place().cli(data, 'list');
  const { document } = await place().json(data, 'restore-store', '--list');
  expect(document['backups']).toMatchObject([{ credentials: 1, damaged: 0, fault: null }]);
  const [{ name }] = document['backups'] as [{ name: string }];
  await place().cli(data, ...connectArgs('Second'));
  return name;
}

it('lists the backups, and restores one when somebody says so', async () => {
  const name = await backedUp('restored');
  expect(await place().cli('restored', 'restore-store')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(`^${name}  .*Z  1 credential\n$`),
  });
  expect(await place().json('restored', 'restore-store', '--from', name)).toMatchObject({
    code: 2,
    document: fault('input.confirmation-needed'),
  });
  expect(await inside(['restore-store', '--from', name, ...place().at('restored')], { answers: ['n'] })).toMatchObject({ code: 2 });
  expect(names(await place().json('restored', 'list'))).toEqual(['First', 'Second']);
  const done = await inside(['restore-store', '--from', name, ...place().at('restored')], { answers: ['y'] });
  expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/restored from .*set aside: .*set-aside[^]*verify --all/) });
  expect(names(await place().json('restored', 'list'))).toEqual(['First']);
  expect(await place().json('restored', 'rotate', 'First', '--unattended')).toMatchObject({ code: 5, document: fault('store.unsettled') });
  expect(await place().json('restored', 'keys')).toMatchObject({ document: { unneeded: [], unsettled: [{}], missing: [] } });
  expect(await place().cli('restored', 'verify', '--all')).toMatchObject({ code: 0 });
  expect((await place().json('restored', 'rotate', 'First', '--unattended')).code).toBe(0);
  expect((await place().json('restored', 'audit')).document['entries']).toContainEqual(
    expect.objectContaining({ change: 'restore-store', target: name }),
  );
});

it('refuses what cannot be, and what another process has open', async () => {
  const name = await backedUp('refused');
  const refused = async (...args: string[]) => (await place().json('refused', 'restore-store', ...args)).document;
  expect(await refused('--from', 'keyring-20200101T000000Z.sqlite', '--yes')).toMatchObject(fault('store.backup-unknown'));
  expect(await refused('--from', name, '--list')).toMatchObject(fault('input.option.conflict'));
  expect(await refused('--from', name, '--yes', '--reset-store')).toMatchObject(fault('input.option.conflict'));
  const open = openDatabase(join(place().data('refused'), 'practice'), { clock: systemClock });
  expect(await place().json('refused', 'restore-store', '--from', name, '--yes')).toMatchObject({ code: 9, document: fault('store.busy') });
  open.close();
  expect(names(await place().json('refused', 'list'))).toEqual(['First', 'Second']);
});

it('a damaged list names the backup, and is healed by it', async () => {
  const name = await backedUp('noise');
  writeFileSync(store('noise'), 'not a database at all, '.repeat(500));
  for (const tail of ['-wal', '-shm']) expect(readdirSync(join(store('noise'), '..'))).not.toContain(`keyring.sqlite${tail}`);
  const told = await place().cli('noise', 'list');
  expect(told).toMatchObject({ code: 2, stderr: expect.stringContaining(`restore-store --from ${name}`) });
  expect(await place().json('noise', 'restore-store', '--from', name, '--yes')).toMatchObject({
    code: 0,
    document: { restored: name, setAside: expect.stringContaining('set-aside') },
  });
  expect(names(await place().json('noise', 'list'))).toEqual(['First']);
});
