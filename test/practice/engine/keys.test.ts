import { expect, it } from 'vitest';
import { compareKeys, forgetUnneeded } from '../../../main/credential/keys/index.ts';
import { remove } from '../../../main/registration/verbs/index.ts';
import { Fault } from '../../../main/faults.ts';
import { harness, type Harness } from './harness.ts';

const foreign = { credentialId: 'c0ffee00-0000-4000-8000-000000000000', thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567' };
const agreed = { unneeded: [], unsettled: [], missing: [] };
const leave = ({ keychain }: Harness, { credentialId, thumbprint }: typeof foreign) =>
  void keychain.entries.set(`${credentialId}/${thumbprint}`, 'a key');

async function connected(name = 'Contoso archive') {
  const here = await harness();
  const { credential } = await here.connect({ name });
  const { engine } = here.services;
  const key = { credentialId: credential.id, thumbprint: engine.store.find(credential.id).certificate?.thumbprint ?? '' };
  return { here, engine, key };
}

it('says nothing where both sides agree, the bin and earlier certificates included', async () => {
  const { here, engine, key } = await connected();
  const { certificate } = engine.store.find(key.credentialId);
  if (certificate === null) throw new Error('no certificate');
  engine.store.change(key.credentialId, () => ({ earlierCertificates: [{ ...certificate, thumbprint: 'E'.repeat(40) }] }));
  leave(here, { ...key, thumbprint: 'E'.repeat(40) });
  await expect(compareKeys(engine)).resolves.toEqual(agreed);
  await remove(engine, { credential: key.credentialId, purge: false, deleteRegistration: false, exportTo: '' }, here.run());
  await expect(compareKeys(engine)).resolves.toEqual(agreed);
});

it('finds keys left over, and says what is known of their credential', async () => {
  const { here, engine, key } = await connected();
  const handedOver = { ...key, thumbprint: 'F'.repeat(40) };
  leave(here, handedOver);
  leave(here, foreign);
  await expect(compareKeys(engine)).resolves.toEqual({
    unneeded: [
      { ...handedOver, credential: 'Contoso archive', known: true },
      { ...foreign, credential: null, known: false },
    ],
    unsettled: [],
    missing: [],
  });
  // Gone for good, but what was done in the tenant is remembered.
  engine.store.purge(key.credentialId);
  const { unneeded } = await compareKeys(engine);
  expect(unneeded).toContainEqual({ ...key, credential: null, known: true });
});

it('finds credentials without their key, also in the bin', async () => {
  const { here, engine, key } = await connected();
  here.keychain.entries.clear();
  await expect(compareKeys(engine)).resolves.toEqual({ ...agreed, missing: [{ ...key, name: 'Contoso archive', deleted: false }] });
  engine.store.softDelete(key.credentialId, new Date());
  await expect(compareKeys(engine)).resolves.toMatchObject({ missing: [{ ...key, deleted: true }] });
});

it('leaves alone what somebody is working on: its key is there before its record', async () => {
  const { here, engine } = await connected();
  leave(here, foreign);
  const other = (await here.open()).engine;
  await other.leases.withLease(foreign.credentialId, { ...other.owner, process: process.ppid }, async () => {
    await expect(compareKeys(engine)).resolves.toEqual(agreed);
    await expect(forgetUnneeded(engine, [foreign])).resolves.toEqual({ forgotten: [], kept: [foreign] });
  });
  await expect(compareKeys(engine)).resolves.toMatchObject({ unneeded: [foreign] });
});

it('forgets what is still unneeded, every part of it, and keeps what a credential needs by now', async () => {
  const { here, engine, key } = await connected();
  leave(here, foreign);
  here.keychain.entries.set(`${foreign.credentialId}/${foreign.thumbprint}/1`, 'its part');
  const needed = new Map(here.keychain.entries);
  for (const entry of needed.keys()) if (entry.startsWith(foreign.credentialId)) needed.delete(entry);
  await expect(forgetUnneeded(engine, [key, foreign])).resolves.toEqual({ forgotten: [foreign], kept: [key] });
  expect(here.keychain.entries).toEqual(needed);
  await expect(compareKeys(engine)).resolves.toEqual(agreed);
});

it('forgets nothing where the keychain is locked', async () => {
  const { here, engine } = await connected();
  leave(here, foreign);
  const locked = { ...engine, secrets: { ...engine.secrets, probe: () => Promise.reject(new Fault('vault.locked')) } };
  await expect(forgetUnneeded(locked, [foreign])).rejects.toMatchObject({ code: 'vault.locked' });
  await expect(compareKeys(engine)).resolves.toMatchObject({ unneeded: [foreign] });
});
