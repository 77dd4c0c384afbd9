import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { compareKeys, forgetUnneeded } from '../../../main/credential/keys/index.ts';
import { listBackups, restoreBackup } from '../../../main/vault/index.ts';
import { emptyBin, remove } from '../../../main/registration/verbs/index.ts';
import { rotateAllDue } from '../../../main/registration/verbs/all-due.ts';
import { confirmHandover } from '../../../main/registration/verbs/handover.ts';
import { rotate, rotateBack } from '../../../main/registration/verbs/rotate.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import type { Services } from '../../../main/services/index.ts';
import { harness, type Harness } from './harness.ts';
import { alone, day, publishedIn, recordIn, rotateAlone, states, unattended } from './rotation-harness.ts';

/** The list as it was before a rotation, restored after it; key and certificate of the rotation are there all the same. */
async function restoredBeforeRotation(): Promise<{ here: Harness; services: Services; old: string; current: string }> {
  const here = await harness();
  await here.connect();
  const { engine } = here.services;
  const old = recordIn(here.services).certificate?.thumbprint ?? '';
  confirmHandover(engine, 'Contoso archive', undefined);
  await here.services.backUp();
  await rotateAlone(here, { overlapDays: 0 });
  const current = recordIn(here.services).certificate?.thumbprint ?? '';
  confirmHandover(engine, 'Contoso archive', current);
  expect(publishedIn(here).toSorted()).toEqual([old, current].toSorted());
  const { directory } = here.services;
  await here.services.close();
  const [backup] = listBackups(directory, () => 0);
  restoreBackup({ directory, name: backup?.name ?? '', clock: engine.clock, actor: 'somebody' });
  return { here, services: await here.open(), old, current };
}

it('rotates and removes nothing until a verification has read the tenant', async () => {
  const { here, services, old, current } = await restoredBeforeRotation();
  const { engine } = services;
  const refused = { code: 'store.unsettled', params: { name: 'Contoso archive' } };
  const before = JSON.stringify(here.server.world.state.tenants[0]?.applications);
  for (const request of [unattended, { ...unattended, unattended: false }])
    await expect(rotate(engine, request, alone(here))).rejects.toMatchObject(refused);
  await expect(rotateBack(engine, 'Contoso archive', alone(here))).rejects.toMatchObject(refused);
  const raw = new DatabaseSync(join(services.directory, 'keyring.sqlite'));
  raw.exec(`UPDATE credential SET document = json_set(document, '$.certificate.notBefore', '2020-01-01T00:00:00Z')`);
  raw.close();
  const outcomes: unknown[] = [];
  await rotateAllDue(engine, { ...unattended, withinDays: 3000 }, alone(here), (outcome) => outcomes.push(outcome));
  expect(outcomes).toEqual([expect.objectContaining({ fault: expect.objectContaining({ code: 'store.unsettled' }) as unknown })]);
  for (const wish of [
    { purge: true, deleteRegistration: false },
    { purge: false, deleteRegistration: true },
  ])
    await expect(
      remove(engine, { credential: 'Contoso archive', confirmName: 'Contoso archive', exportTo: '', ...wish }, here.run()),
    ).rejects.toMatchObject(refused);
  expect(JSON.stringify(here.server.world.state.tenants[0]?.applications)).toBe(before);
  expect(publishedIn(here).toSorted()).toEqual([old, current].toSorted());
  // The bin takes it, and keeps it.
  await remove(engine, { credential: 'Contoso archive', exportTo: '', purge: false, deleteRegistration: false }, here.run());
  const inDays = (days: number) => ({ ...engine, serverTime: () => new Date(Date.now() + days * day) });
  await emptyBin(inDays(0));
  await emptyBin(inDays(31));
  expect(engine.store.list({ deleted: true })).toHaveLength(1);
  expect(await here.keychain.accounts()).toHaveLength(2);
});

it('calls no key unneeded that the older list does not know', async () => {
  const { services, here, current } = await restoredBeforeRotation();
  const { engine } = services;
  const { id } = recordIn(services);
  const newest = { credentialId: id, thumbprint: current };
  await expect(compareKeys(engine)).resolves.toEqual({ unneeded: [], unsettled: [newest], missing: [] });
  await expect(forgetUnneeded(engine, [newest], true)).resolves.toEqual({ forgotten: [], kept: [newest] });
  // One of a credential that the older list never had: its administrator may know, when they name it.
  const unknown = { credentialId: 'c0ffee00-0000-4000-8000-000000000000', thumbprint: '0'.repeat(40) };
  here.keychain.entries.set(`${unknown.credentialId}/${unknown.thumbprint}`, 'a key');
  await expect(compareKeys(engine)).resolves.toMatchObject({ unneeded: [], unsettled: [newest, unknown] });
  await expect(forgetUnneeded(engine, [unknown])).resolves.toEqual({ forgotten: [], kept: [unknown] });
  await expect(forgetUnneeded(engine, [unknown], true)).resolves.toEqual({ forgotten: [unknown], kept: [] });
});

it('has the newer certificate again as soon as the tenant was read, and asks for its handover anew', async () => {
  const { services, here, old, current } = await restoredBeforeRotation();
  const { engine } = services;
  expect(recordIn(services).certificate?.thumbprint).toBe(old);
  await verify(engine, 'Contoso archive', { signIn: true }, here.run());
  const settled = recordIn(services);
  expect(settled.certificate?.thumbprint).toBe(current);
  expect(settled.earlierCertificates.map(({ thumbprint }) => thumbprint)).toEqual([old]);
  expect(states(settled)).toEqual(['created', 'published', 'proven']);
  expect(settled.certificate).toMatchObject({ handover: null, usedHereOnly: false, otherHolders: 'possible' });
  await expect(compareKeys(engine)).resolves.toEqual({ unneeded: [], unsettled: [], missing: [] });
  // Which of the two the server uses, nobody has said since.
  await rotate(engine, { ...unattended, overlapDays: 0 }, alone(here));
  expect(publishedIn(here).toSorted()).toEqual([old, current].toSorted());
  confirmHandover(engine, 'Contoso archive', current);
  await rotate(engine, { ...unattended, asked: false, overlapDays: 0 }, alone(here));
  expect(publishedIn(here)).toEqual([current]);
  const proven = await verify(engine, 'Contoso archive', { signIn: true }, here.run());
  expect(proven.proof?.ok).toBe(true);
});
