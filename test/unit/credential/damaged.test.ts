import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createCredentialStore, createUnsettled } from '../../../main/credential/index.ts';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import { migrations } from '../../../main/vault/migrations.ts';
import { spoil } from '../vault/damage.ts';
import { sampleRecord } from '../vault/records.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';

const clock = testClock();

/** Three credentials, one of them spoiled; the store as a new process finds it. */
function spoiled(how: string, where: 'live' | 'bin' = 'live') {
  const directory = scratch();
  const before = openDatabase(directory, { clock });
  const writing = createCredentialStore(before, clock);
  const records = ['Alpha', 'Beta', 'Gamma'].map((name) => sampleRecord({ name }));
  for (const record of records) writing.insert(record);
  const [alpha, beta, gamma] = records.map(({ id }) => writing.get(id));
  if (!alpha || !beta || !gamma) throw new Error('no records');
  if (where === 'bin') writing.softDelete(beta.id, clock.now());
  before.close();
  spoil(directory, beta.id, how);
  const database = testDatabase(directory);
  return { directory, database, store: createCredentialStore(database, clock), alpha, beta, gamma };
}

const ways = [
  ['a property of another version', `json_set(document, '$.note', 'x')`, 'note'],
  ['a value that is none', `json_set(document, '$.state', 'archived')`, 'state'],
  ['what is no JSON', `'x' || substr(document, 2)`, 'JSON'],
  ['an empty text', `''`, 'JSON'],
  ['another id inside', `json_set(document, '$.id', 'c0ffee00-0000-4000-8000-000000000000')`, 'c0ffee00'],
] as const;

describe.each(ways)('a row with %s', (_, how, reason) => {
  test('is named, and all others are read, found and written', () => {
    const { store, alpha, beta, gamma } = spoiled(how);
    expect(store.list().map(({ name }) => name)).toEqual(['Alpha', 'Gamma']);
    expect(store.damaged()).toEqual([
      { id: beta.id, name: expect.stringMatching(/^beta$/i), reason: expect.stringContaining(reason), deleted: false },
    ]);
    expect(store.get(alpha.id)).toEqual(alpha);
    expect(store.find('gamma')).toEqual(gamma);
    expect(store.withName('GAMMA')).toEqual(gamma);
    expect(store.withName('nobody')).toBeNull();
    expect(store.ids()).toEqual([alpha.id, beta.id, gamma.id]);
    expect(store.names().get(alpha.id)).toBe('Alpha');
    store.insert(sampleRecord({ name: 'Delta' }));
    expect(store.softDelete(gamma.id, clock.now()).name).toBe('Gamma');
    expect(store.list().map(({ name }) => name)).toEqual(['Alpha', 'Delta']);
  });

  test('has a fault of its own, which names it, wherever it is asked for', () => {
    const { store, beta } = spoiled(how);
    const fault = expect.objectContaining({
      code: 'store.row-damaged',
      params: { id: beta.id, name: expect.stringMatching(/^beta$/i), reason: expect.stringContaining(reason) },
    });
    expect(() => store.get(beta.id)).toThrow(fault);
    expect(() => store.find(beta.id)).toThrow(fault);
    expect(() => store.find('Beta')).toThrow(fault);
    expect(() => store.withName('beta')).toThrow(fault);
  });

  test('in the bin hides nothing else that is there', () => {
    const { store, alpha, beta } = spoiled(how, 'bin');
    store.softDelete(alpha.id, clock.now());
    expect(store.list({ deleted: true }).map(({ name }) => name)).toEqual(['Alpha']);
    expect(store.damaged()).toMatchObject([{ id: beta.id, deleted: true }]);
    expect(store.find('alpha', { deleted: true }).id).toBe(alpha.id);
    expect(store.undelete(alpha.id).deletedAt).toBeNull();
  });

  test('is taken out as it stands there, and only then', () => {
    const { store, database, alpha, beta } = spoiled(how);
    const document = store.damagedDocument(beta.id) ?? '';
    const raw = new DatabaseSync(database.path, { readOnly: true });
    expect(raw.prepare('SELECT document FROM credential WHERE id = ?').get(beta.id)).toEqual({ document });
    raw.close();
    expect(store.damagedDocument(alpha.id)).toBeNull();
    expect(store.discardDamaged(beta.id, `${document} `, clock.now())).toBe(false);
    expect(store.damaged()).toHaveLength(1);
    expect(store.discardDamaged(beta.id, document, clock.now())).toBe(true);
    expect(store.damaged()).toEqual([]);
    expect(store.get(beta.id)).toBeNull();
    // What its tenant has is not known here.
    const unsettled = createUnsettled(database);
    expect([unsettled.has(beta.id), unsettled.has(alpha.id)]).toEqual([true, false]);
    unsettled.settle(beta.id);
    expect(unsettled.has(beta.id)).toBe(false);
  });

  test('does not keep the store from being brought up to date', () => {
    const directory = scratch();
    const before = (name: string) => {
      const { customer: _customer, notes: _notes, version: _version, ...record } = sampleRecord({ name, certificate: null });
      return { ...record, usedHereOnly: false, handover: null };
    };
    const [record, other] = [before('Beta'), before('Alpha')];
    // The newest format that was released.
    const old = openDatabase(directory, { clock, migrations: migrations.slice(0, 2) });
    old.write((connection) => {
      for (const each of [record, other])
        connection
          .prepare('INSERT INTO credential (id, name_key, deleted_at, document) VALUES (?, ?, NULL, ?)')
          .run(each.id, each.name.toLowerCase(), JSON.stringify(each));
    });
    old.close();
    spoil(directory, record.id, how);
    const store = createCredentialStore(testDatabase(directory), clock);
    expect(store.list().map(({ name }) => name)).toEqual(['Alpha']);
    expect(store.damaged()).toMatchObject([{ id: record.id }]);
  });
});

test('an entry of the trail whose detail was spoiled is shown with what stands there', () => {
  const directory = scratch();
  const before = openDatabase(directory, { clock });
  const entry = { operation: 'o', credentialId: 'c', tenantId: 't', actor: 'a', phase: 'intent', change: 'add-key-credential' } as const;
  for (const number of [1, 2]) createAuditTrail(before, clock).append({ ...entry, detail: { number } });
  before.close();
  const raw = new DatabaseSync(before.path);
  raw.exec('PRAGMA ignore_check_constraints = ON; DROP TRIGGER audit_no_update');
  raw.exec(`UPDATE audit SET detail = '{"number":' WHERE id = 1`);
  raw.close();
  const trail = createAuditTrail(testDatabase(directory), clock);
  expect(trail.list().map(({ detail }) => detail)).toEqual([{ unreadable: '{"number":' }, { number: 2 }]);
  expect(trail.writesTo('c')).toHaveLength(2);
});
