import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyBin, remove } from '../../../main/registration/verbs/index.ts';
import { Fault } from '../../../main/faults.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness } from './harness.ts';

const removal = (here: { readonly directory: string }, purge: boolean) => ({
  credential: 'Contoso archive',
  purge,
  deleteRegistration: false,
  exportTo: join(here.directory, 'export.json'),
});

it('a purge forgets the keys of earlier certificates too, whoever holds the key today', async () => {
  const here = await harness();
  await here.connect();
  const { certificate } = await ours('MailStore');
  await here.connect({ custody: 'external', certificate });
  expect(await here.keychain.accounts()).not.toEqual([]);
  await remove(here.services.engine, removal(here, true), here.run());
  expect(await here.keychain.accounts()).toEqual([]);
});

it('after 30 days the bin is emptied, and what the keychain does not let go of waits without stopping anybody', async () => {
  const here = await harness();
  const { engine } = here.services;
  await here.connect();
  await remove(engine, removal(here, false), here.run());
  const inDays = (days: number) => ({ ...engine, clock: { ...engine.clock, now: () => new Date(Date.now() + days * 86_400_000) } });
  const kept = () => engine.store.list({ deleted: true }).length;
  await emptyBin(inDays(29));
  expect(kept()).toBe(1);
  await emptyBin({ ...inDays(31), secrets: { ...engine.secrets, forget: () => Promise.reject(new Fault('vault.unavailable')) } });
  expect(kept()).toBe(1);
  await emptyBin(inDays(31));
  expect(kept()).toBe(0);
  expect(await here.keychain.accounts()).toEqual([]);
});
