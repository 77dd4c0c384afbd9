import { describe, expect, test } from 'vitest';
import { createCredentialStore } from '../../../main/credential/index.ts';
import type { CredentialStore } from '../../../main/credential/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { testClock, testDatabase } from '../vault/samples.ts';
import type { TestClock } from '../vault/samples.ts';

function setUp(): { store: CredentialStore; clock: TestClock } {
  const database = testDatabase();
  const clock = testClock();
  return { store: createCredentialStore(database, clock), clock };
}

const fault = (code: string): unknown => expect.objectContaining({ code });

describe('records', () => {
  test('come back as they went in', () => {
    const { store } = setUp();
    const record = sampleRecord({
      proof: {
        ok: true,
        state: 'proven',
        at: '2026-11-24T10:31:00.000Z',
        checks: [{ check: 'token-graph', result: 'passed', evidence: 'roles: Directory.Read.All' }],
      },
      certificate: sampleCertificate({
        handover: { confirmedAt: '2026-11-24T10:32:00Z', by: 'admin@contoso.com', profile: { id: 'mailstore-guide', version: 1 } },
      }),
      presented: { thumbprint: 'A'.repeat(40), at: '2026-11-24T10:32:00Z', how: 'exported' },
      earlierCertificates: [sampleCertificate({ thumbprint: 'C'.repeat(40) })],
    });
    store.insert(record);
    expect(store.get(record.id)).toEqual({ ...record, version: 1 });
    expect(store.get(record.id.toUpperCase())).toEqual({ ...record, version: 1 });
    expect(store.get(sampleRecord().id)).toBeNull();
  });

  test('change by patch, with the time of the change', () => {
    const { store, clock } = setUp();
    const record = sampleRecord();
    store.insert(record);
    clock.advance(60_000);
    const changed = store.change(record.id, () => ({ state: 'proven', name: 'Renamed' }));
    expect(changed).toEqual({ ...record, state: 'proven', name: 'Renamed', updatedAt: '2026-11-24T10:31:00.000Z', version: 2 });
    expect(store.get(record.id)).toEqual(changed);
    expect(() => store.change(sampleRecord().id, () => ({ state: 'proven' }))).toThrow(fault('input.credential.unknown'));
  });

  test('that could not be read back are not written', () => {
    const { store } = setUp();
    const record = sampleRecord();
    store.insert(record);
    expect(() => store.change(record.id, () => ({ name: '' }))).toThrow(/name/);
    const talkative = { ...sampleRecord({ name: 'other' }), privateKey: 'x' };
    expect(() => store.insert(talkative)).toThrow(/privateKey/);
    expect(store.list()).toEqual([{ ...record, version: 1 }]);
  });

  test('are listed by name, whatever its case', () => {
    const { store } = setUp();
    for (const name of ['beta', 'Alpha', 'GAMMA']) store.insert(sampleRecord({ name }));
    expect(store.list().map(({ name }) => name)).toEqual(['Alpha', 'beta', 'GAMMA']);
    expect(store.ids()).toEqual(store.list().map(({ id }) => id));
  });

  test('in the bin have no place among the ids and names to take, but still a name', () => {
    const { store, clock } = setUp();
    const [kept, removed] = [sampleRecord({ name: 'Kept' }), sampleRecord({ name: 'Removed' })];
    for (const record of [kept, removed]) store.insert(record);
    store.softDelete(removed.id, clock.now());
    expect(store.ids()).toEqual([kept.id]);
    expect(store.withName('Removed')).toBeNull();
    expect(store.names()).toEqual(
      new Map([
        [kept.id, 'Kept'],
        [removed.id, 'Removed'],
      ]),
    );
  });
});

describe('names', () => {
  test('are unique among the live ones, in any case and accent composition', () => {
    const { store } = setUp();
    store.insert(sampleRecord({ name: 'Société Générale' }));
    expect(() => store.insert(sampleRecord({ name: 'SOCIÉTÉ GÉNÉRALE' }))).toThrow(
      expect.objectContaining({ code: 'input.name.taken', params: { name: 'SOCIÉTÉ GÉNÉRALE' } }),
    );
    expect(() => store.insert(sampleRecord({ name: 'Société Générale'.normalize('NFD') }))).toThrow(fault('input.name.taken'));
    const other = sampleRecord({ name: 'Other' });
    store.insert(other);
    expect(() => store.change(other.id, () => ({ name: 'société générale' }))).toThrow(fault('input.name.taken'));
    expect(store.get(other.id)?.name).toBe('Other');
  });

  test('find a credential, as its id does', () => {
    const { store } = setUp();
    const record = sampleRecord({ name: 'Contoso' });
    store.insert(record);
    expect(store.find('contoso').id).toBe(record.id);
    expect(store.find(record.id).name).toBe('Contoso');
    expect(store.withName('CONTOSO')?.id).toBe(record.id);
    expect(store.withName(record.id)).toBeNull();
    expect(() => store.find('Fabrikam')).toThrow(
      expect.objectContaining({ code: 'input.credential.unknown', params: { credential: 'Fabrikam' } }),
    );
  });
});

describe('the bin', () => {
  test('holds what was removed, frees its name, and gives it back', () => {
    const { store, clock } = setUp();
    const record = sampleRecord();
    store.insert(record);
    expect(store.softDelete(record.id, clock.now()).deletedAt).toBe('2026-11-24T10:30:00.000Z');
    expect(store.list()).toEqual([]);
    expect(store.list({ deleted: true }).map(({ id }) => id)).toEqual([record.id]);
    expect(() => store.find(record.name)).toThrow(fault('input.credential.unknown'));
    expect(store.find(record.name, { deleted: true }).id).toBe(record.id);
    expect(store.undelete(record.id).deletedAt).toBeNull();
    expect(store.find(record.name).id).toBe(record.id);
  });

  test('does not give back a name that was taken meanwhile', () => {
    const { store, clock } = setUp();
    const record = sampleRecord();
    store.insert(record);
    store.softDelete(record.id, clock.now());
    store.insert(sampleRecord());
    expect(() => store.undelete(record.id)).toThrow(fault('input.name.taken'));
    expect(store.list({ deleted: true })).toHaveLength(1);
  });

  test('with the same name twice asks for the id, and shows the latest first', () => {
    const { store, clock } = setUp();
    const ids = [sampleRecord(), sampleRecord()].map((record) => {
      store.insert(record);
      clock.advance(1000);
      store.softDelete(record.id, clock.now());
      return record.id;
    });
    expect(() => store.find('contoso archive', { deleted: true })).toThrow(fault('input.credential.ambiguous'));
    expect(store.list({ deleted: true }).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('is emptied for good', () => {
    const { store } = setUp();
    const record = sampleRecord();
    store.insert(record);
    expect(store.purge(record.id)).toBe(true);
    expect(store.purge(record.id)).toBe(false);
    expect(store.get(record.id)).toBeNull();
  });
});
