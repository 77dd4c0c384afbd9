import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../main/registration/engine.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { emptyBin, remove } from '../../../main/registration/verbs/index.ts';
import { Fault } from '../../../main/faults.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness, type Harness } from './harness.ts';
import { day } from './rotation-harness.ts';

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

const binned = ({ services }: Harness) => services.engine.store.list({ deleted: true }).length;
const keys = async ({ keychain }: Harness) => (await keychain.accounts()).length;

/** Something in the bin, and the engine as so many days later, by the clock of a server. */
async function removed(...names: string[]) {
  const here = await harness();
  for (const name of names) {
    await here.connect({ name, appName: name, redirectUri: `https://${name.toLowerCase().replaceAll(' ', '-')}.example.com/oidc/signin` });
    await remove(here.services.engine, { ...removal(here, false), credential: name }, here.run());
  }
  const { engine } = here.services;
  const inDays = (days: number): Engine => ({ ...engine, serverTime: () => new Date(Date.now() + days * day) });
  return { here, engine, inDays };
}

describe('the bin', () => {
  it('is emptied at least 30 days after a server’s clock first found something in it', async () => {
    const { here, inDays } = await removed('Contoso archive');
    await emptyBin(inDays(0));
    await emptyBin(inDays(29.9));
    expect([binned(here), await keys(here)]).toEqual([1, 1]);
    await emptyBin(inDays(30.1));
    expect([binned(here), await keys(here)]).toEqual([0, 0]);
  });

  it('stays as it is where this computer’s clock is 40 days ahead, at a start and in a run that nobody answers', async () => {
    const { here, engine } = await removed('Contoso archive');
    const ahead = { now: () => new Date(Date.now() + 40 * day), sleep: () => Promise.resolve() };
    const services = await here.open(ahead);
    await services.emptyBin();
    await emptyBin({ ...engine, clock: ahead, serverTime: () => null });
    expect([binned(here), await keys(here)]).toEqual([1, 1]);
  });

  it('goes by the server where its clock was 60 days behind at the removal, and in a run that reaches a server', async () => {
    const here = await harness();
    await here.connect();
    await here.connect({ name: 'Other', appName: 'Other', redirectUri: 'https://other.example.com/oidc/signin' });
    const behind = { now: () => new Date(Date.now() - 60 * day), sleep: () => Promise.resolve() };
    await remove((await here.open(behind)).engine, removal(here, false), here.run());
    const ahead = await here.open({ now: () => new Date(Date.now() + 40 * day), sleep: () => Promise.resolve() });
    await verify(ahead.engine, 'Other', { signIn: false }, here.run()).catch(() => undefined);
    expect(ahead.engine.serverTime()?.getTime()).toBeCloseTo(Date.now(), -4);
    await ahead.emptyBin();
    expect([binned(here), await keys(here)]).toEqual([1, 2]);
  });

  it('counts anew for what was restored and removed again', async () => {
    const { here, engine, inDays } = await removed('Contoso archive');
    await emptyBin(inDays(0));
    const [{ id } = { id: '' }] = engine.store.list({ deleted: true });
    engine.store.undelete(id);
    engine.store.softDelete(id, new Date(Date.now() + 1000));
    await emptyBin(inDays(31));
    expect(binned(here)).toBe(1);
    await emptyBin(inDays(62));
    expect(binned(here)).toBe(0);
  });

  it('lets go of nothing that another process restores meanwhile', async () => {
    const { here, engine, inDays } = await removed('First', 'Second');
    await emptyBin(inDays(0));
    const other = await here.open();
    const [first, second] = engine.store.list({ deleted: true });
    const forget: Engine['secrets']['forget'] = async (name) => {
      // While the keys of the first are forgotten, the window brings back the second.
      if (name.credentialId === first?.id) other.engine.store.undelete(second?.id ?? '');
      return engine.secrets.forget(name);
    };
    await emptyBin({ ...inDays(31), secrets: { ...engine.secrets, forget } });
    expect(other.engine.store.ids()).toEqual([second?.id]);
    expect(await here.keychain.accounts()).toEqual([expect.stringContaining(second?.id ?? '')]);
  });

  it('waits for what somebody is working on, and for a keychain that is locked, and stops nobody', async () => {
    const { here, engine, inDays } = await removed('First', 'Second');
    await emptyBin(inDays(0));
    await emptyBin({ ...inDays(31), secrets: { ...engine.secrets, probe: () => Promise.reject(new Fault('vault.locked')) } });
    expect(binned(here)).toBe(2);
    const other = (await here.open()).engine;
    const [first] = engine.store.list({ deleted: true });
    await other.leases.withLease(first?.id ?? '', { ...other.owner, process: process.ppid }, () => emptyBin(inDays(31)));
    expect(engine.store.list({ deleted: true }).map(({ id }) => id)).toEqual([first?.id]);
  });

  it('is looked into by a command only at the end of a run that Microsoft has answered', async () => {
    const { here, engine } = await removed('First');
    expect(engine.serverTime()).not.toBeNull();
    const silent = await here.open();
    await silent.emptyBin();
    expect(silent.engine.serverTime()).toBeNull();
    await here.services.emptyBin();
    expect(binned(here)).toBe(1);
  });
});
