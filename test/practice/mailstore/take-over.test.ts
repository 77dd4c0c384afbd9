import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../../main/mailstore/index.ts';
import { startPracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { takeOver, type TakeOver } from '../../../main/registration/index.ts';
import { harness } from '../engine/harness.ts';
import { faultOf } from './connected.ts';

const many = 40;

/** A provider's server with one credential in each instance, known here as “Provider”. */
async function provider() {
  const here = await harness();
  const names = Array.from({ length: many }, (_, index) => `customer${String(index + 1).padStart(2, '0')}`);
  const archive = await startPracticeArchiveServer({ kind: 'spe', tenants: here.server.origin, instances: names });
  onTestFinished(() => archive.close());
  const [first = ''] = names;
  await archive.console(first).createCredential({ name: first, clientId: randomUUID(), tenantId: randomUUID() });
  const [made] = archive.instance(first).credentials;
  if (made === undefined) throw new Error('no credential');
  // One key for all of them is enough here.
  for (const name of names.slice(1))
    archive.instance(name).credentials.push({ ...made, name, clientId: randomUUID(), tenantId: randomUUID() });
  const { services } = here;
  const { url, user, password, sha256 } = archive.describe();
  await services.servers.add({ name: 'Provider', address: parseAddress(url), user, password, pin: sha256, keepPassword: true });
  const take = (signal?: AbortSignal, onProgress?: (done: number, total: number) => void): Promise<TakeOver> =>
    services.servers.ask('Provider', (connection, record) =>
      takeOver(services.engine, connection, record, {
        instance: null,
        cloud: 'global',
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    );
  const { store, linkedServers } = services.engine;
  const listed = () => store.list().map((record) => `${record.name} ${linkedServers.of(record.id)?.instance}`);
  return { archive, names, take, listed };
}

it('keeps what it has when it is interrupted, and goes on from there', async () => {
  const { archive, names, take, listed } = await provider();
  const interrupting = new AbortController();
  const fault = await faultOf(
    take(interrupting.signal, (done) => {
      if (done === 10) interrupting.abort(new Error('Ctrl+C'));
    }),
  );
  expect(fault.code).toBe('interrupted');
  const kept = listed();
  // The lanes finish what they had begun, and begin nothing more.
  expect(kept.length).toBeGreaterThanOrEqual(10);
  expect(kept.length).toBeLessThan(many);
  expect(kept.every((each) => /^(\w+) \1$/.test(each))).toBe(true);
  const progress: number[] = [];
  const { added, known, refused, missing, archives } = await take(undefined, (done) => void progress.push(done));
  expect(new Set(known.map(({ record }) => `${record.name} ${record.name}`))).toEqual(new Set(kept));
  expect(added.length + known.length).toBe(many);
  expect([refused, missing]).toEqual([[], []]);
  expect(archives.map(({ instance }) => instance)).toEqual(names);
  expect(progress.at(-1)).toBe(many);
  expect(new Set(listed()).size).toBe(many);
  expect(archive.calls.filter((each) => /^(Set|Create|Delete|Run|Sync)/.test(each.function))).toEqual([]);
});

it('interrupted before anything answered, adds nothing', async () => {
  const { take, listed } = await provider();
  expect((await faultOf(take(AbortSignal.abort(new Error('Ctrl+C'))))).code).toBe('interrupted');
  expect(listed()).toEqual([]);
});

it('keeps what it has when the server goes away in the middle', async () => {
  const { archive, take, listed } = await provider();
  const fault = await faultOf(
    take(undefined, (done) => {
      if (done === 12) void archive.close();
    }),
  );
  expect(fault.code).toBe('server.unreachable');
  const kept = listed();
  expect(kept.length).toBeGreaterThanOrEqual(12);
  expect(kept.length).toBeLessThan(many);
});
