import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { createCredentialStore, createUnsettled, damagedRows } from '../../../main/credential/index.ts';
import { silentLog } from '../../../main/log/index.ts';
import { backUpDaily, keptBackups, listBackups, openDatabase, restoreBackup } from '../../../main/vault/index.ts';
import { migrations } from '../../../main/vault/migrations.ts';
import { privateFile } from '../../system.ts';
import { spoil } from './damage.ts';
import { sampleRecord } from './records.ts';
import { scratch, testClock, testDatabase } from './samples.ts';

const day = 86_400_000;
const countDamaged = (connection: DatabaseSync) => damagedRows(connection).length;

/** A store of two credentials that can be backed up, and time that passes. */
function backedUp(directory = scratch()) {
  const clock = testClock();
  const database = testDatabase(directory);
  const store = createCredentialStore(database, clock);
  const trail = createAuditTrail(database, clock);
  for (const name of ['Alpha', 'Beta']) store.insert(sampleRecord({ name }));
  const how = { directory, clock, log: silentLog, countDamaged };
  const folder = join(directory, 'backups');
  return {
    directory,
    clock,
    database,
    store,
    trail,
    files: () => (existsSync(folder) ? readdirSync(folder) : []),
    list: () => listBackups(directory, countDamaged),
    backUp: () => backUpDaily(database, how),
    restore: (name: string) => restoreBackup({ directory, name, clock, actor: 'somebody' }),
  };
}

const entry = { operation: 'o', credentialId: 'c', tenantId: 't', actor: 'a', phase: 'intent', change: 'add-key-credential' } as const;

describe('a daily backup', () => {
  test('is one file of this user only, whole, and made once in 24 hours', async () => {
    const { clock, backUp, files, list, directory } = backedUp();
    expect(await backUp()).toBe('keyring-20261124T103000Z.sqlite');
    expect(await backUp()).toBeNull();
    clock.advance(day - 1000);
    expect(await backUp()).toBeNull();
    clock.advance(1000);
    expect(await backUp()).toBe('keyring-20261125T103000Z.sqlite');
    expect(files()).toHaveLength(2);
    expect(statSync(join(directory, 'backups', files()[0] ?? '')).mode & 0o777).toBe(privateFile);
    expect(list()).toMatchObject([
      { name: 'keyring-20261125T103000Z.sqlite', at: '2026-11-25T10:30:00.000Z', credentials: 2, damaged: 0, fault: null },
      { name: 'keyring-20261124T103000Z.sqlite' },
    ]);
    expect(files()).toHaveLength(2);
  });

  test('has what was written a moment ago, while another process goes on writing', async () => {
    const { store, backUp, directory, list } = backedUp();
    store.insert(sampleRecord({ name: 'Gamma' }));
    const other = createCredentialStore(testDatabase(directory), testClock());
    const made = backUp();
    other.insert(sampleRecord({ name: 'Delta' }));
    await made;
    expect(list()[0]?.credentials).toBeGreaterThanOrEqual(3);
    expect(list()[0]?.fault).toBeNull();
  });

  test('replaces none but the oldest of fourteen', async () => {
    const { clock, backUp, files } = backedUp();
    for (let made = 0; made < keptBackups + 3; made += 1) {
      await backUp();
      clock.advance(day);
    }
    expect(files()).toHaveLength(keptBackups);
    expect(files().toSorted()[0]).toBe('keyring-20261127T103000Z.sqlite');
  });

  test('of a store with a damaged row says so, and never costs the newest one in which all can be read', async () => {
    const { clock, backUp, files, list, store, directory } = backedUp();
    const whole = await backUp();
    spoil(directory, store.find('Alpha').id, `json_set(document, '$.note', 'x')`);
    for (let made = 0; made < keptBackups + 2; made += 1) {
      clock.advance(day);
      await backUp();
    }
    expect(files()).toHaveLength(keptBackups + 1);
    expect(files()).toContain(whole);
    expect(list()[0]).toMatchObject({ credentials: 2, damaged: 1, fault: null });
    expect(list().at(-1)).toMatchObject({ name: whole, damaged: 0 });
  });

  test('is made although another clock has made one in the future, and in a folder that cannot be written stops nobody', async () => {
    const { clock, backUp, files, directory } = backedUp();
    clock.advance(400 * day);
    await backUp();
    clock.advance(-400 * day);
    expect(await backUp()).toBe('keyring-20261124T103000Z.sqlite');
    expect(files()).toHaveLength(2);
    const elsewhere = backedUp();
    writeFileSync(join(elsewhere.directory, 'backups'), 'a file in its place');
    await expect(elsewhere.backUp()).resolves.toBeNull();
    expect(existsSync(directory)).toBe(true);
  });

  test('is listed with what is wrong with it', async () => {
    const { backUp, list, directory } = backedUp();
    await backUp();
    const folder = join(directory, 'backups');
    writeFileSync(join(folder, 'keyring-20261101T000000Z.sqlite'), 'noise');
    const foreign = new DatabaseSync(join(folder, 'keyring-20261102T000000Z.sqlite'));
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    writeFileSync(join(folder, 'notes.txt'), 'somebody’s');
    expect(list().map(({ fault }) => fault)).toEqual([null, 'a database of another program', expect.stringContaining('not a database')]);
  });

  test('is listed as of no use where pages of it are damaged, or a newer program has made it', async () => {
    const { backUp, list, directory } = backedUp();
    const path = join(directory, 'backups', (await backUp()) ?? '');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(list()).toMatchObject([{ fault: 'format 99' }]);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, 8192);
    writeFileSync(path, bytes);
    expect(list()).toMatchObject([{ fault: expect.stringMatching(/./) as unknown }]);
    expect(list()[0]?.fault).not.toBe('format 99');
  });
});

describe('a damaged store', () => {
  test('names the newest backup that is whole', async () => {
    const { clock, backUp, database, directory } = backedUp();
    const whole = await backUp();
    clock.advance(day);
    const later = await backUp();
    database.close();
    writeFileSync(join(directory, 'backups', later ?? ''), 'noise');
    writeFileSync(database.path, 'noise');
    expect(() => openDatabase(directory, { clock })).toThrow(
      expect.objectContaining({ code: 'store.corrupted', params: expect.objectContaining({ backup: whole }) as unknown }),
    );
  });

  test('without one says so', () => {
    const directory = scratch();
    mkdirSync(join(directory, 'backups'));
    writeFileSync(join(directory, 'keyring.sqlite'), 'noise');
    expect(() => openDatabase(directory, { clock: testClock() })).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ backup: 'none' }) as unknown }),
    );
  });
});

describe('a restored backup', () => {
  test('takes the place of the store, which is set aside whole; every credential of either is unsettled', async () => {
    const { backUp, store, database, directory, clock, restore } = backedUp();
    const name = (await backUp()) ?? '';
    const ids = store.ids();
    const gamma = sampleRecord({ name: 'Gamma' });
    store.insert(gamma);
    store.softDelete(ids[0] ?? '', clock.now());
    database.close();
    const { setAside } = restore(name);
    const opened = testDatabase(directory);
    const restored = createCredentialStore(opened, clock);
    expect(restored.list().map((record) => record.name)).toEqual(['Alpha', 'Beta']);
    const unsettled = createUnsettled(opened);
    expect([...ids, gamma.id].map((id) => unsettled.has(id))).toEqual([true, true, true]);
    expect(unsettled.wasRestored()).toBe(true);
    const before = new DatabaseSync(setAside ?? '', { readOnly: true });
    expect(before.prepare('SELECT count(*) AS count FROM credential').get()).toEqual({ count: 3 });
    before.close();
    expect(readdirSync(directory).filter((file) => file.includes('restoring'))).toEqual([]);
    expect(statSync(opened.path).mode & 0o777).toBe(privateFile);
  });

  test('is free of the leases of its day', async () => {
    const { backUp, database, directory, restore } = backedUp();
    database.write((connection) => connection.exec("INSERT INTO lease VALUES ('c', 'token', 'window', 4711, 'pc', 'jd', 0, 0)"));
    const name = (await backUp()) ?? '';
    database.close();
    restore(name);
    expect(testDatabase(directory).read((connection) => connection.prepare('SELECT * FROM lease').all())).toEqual([]);
  });

  test('keeps the trail of what was done since, and tells of itself in it', async () => {
    const { backUp, trail, database, directory, clock, restore } = backedUp();
    trail.append(entry);
    const name = (await backUp()) ?? '';
    trail.append({ ...entry, phase: 'done' });
    database.close();
    restore(name);
    const entries = createAuditTrail(testDatabase(directory), clock).list();
    expect(entries.map(({ change, phase }) => `${change} ${phase}`)).toEqual([
      'add-key-credential intent',
      'add-key-credential done',
      'restore-store done',
    ]);
    expect(entries[2]).toMatchObject({ actor: 'somebody', target: name });
  });

  test('takes over no entries of a store that was begun anew', async () => {
    const { backUp, trail, database, directory, clock, restore } = backedUp();
    for (const target of ['one', 'two']) trail.append({ ...entry, target });
    const name = (await backUp()) ?? '';
    database.close();
    const anew = openDatabase(directory, { clock, reset: true });
    for (const target of ['x', 'y', 'z']) createAuditTrail(anew, clock).append({ ...entry, target });
    anew.close();
    restore(name);
    const entries = createAuditTrail(testDatabase(directory), clock).list();
    expect(entries.map(({ target }) => target)).toEqual(['one', 'two', name]);
  });

  test('is refused while another process has the store open, and changes nothing then', async () => {
    const { backUp, store, restore } = backedUp();
    const name = (await backUp()) ?? '';
    store.insert(sampleRecord({ name: 'Gamma' }));
    expect(() => restore(name)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    expect(store.list()).toHaveLength(3);
  });

  test('heals a damaged store, and begins one where there is none', async () => {
    const { backUp, database, directory, clock, restore } = backedUp();
    const name = (await backUp()) ?? '';
    database.close();
    writeFileSync(database.path, 'noise');
    const { setAside } = restore(name);
    expect(readFileSync(setAside ?? '', 'utf8')).toBe('noise');
    const healed = openDatabase(directory, { clock });
    expect(createCredentialStore(healed, clock).list()).toHaveLength(2);
    healed.close();
    const elsewhere = scratch();
    mkdirSync(join(elsewhere, 'backups'));
    writeFileSync(join(elsewhere, 'backups', name), readFileSync(join(directory, 'backups', name)));
    expect(restoreBackup({ directory: elsewhere, name, clock, actor: 'somebody' }).setAside).toBeNull();
    expect(createCredentialStore(testDatabase(elsewhere), clock).list()).toHaveLength(2);
  });

  test('that is damaged or unknown is refused, and nothing is changed', async () => {
    const { backUp, database, directory, restore } = backedUp();
    const name = (await backUp()) ?? '';
    database.close();
    writeFileSync(join(directory, 'backups', name), 'noise');
    const before = readFileSync(database.path);
    const detail = expect.stringContaining('not a database') as unknown;
    expect(() => restore(name)).toThrow(expect.objectContaining({ code: 'store.backup-damaged', params: { name, detail } }));
    const folder = join(directory, 'backups');
    for (const unknown of ['keyring-20200101T000000Z.sqlite', '../keyring.sqlite', ''])
      expect(() => restore(unknown)).toThrow(expect.objectContaining({ code: 'store.backup-unknown', params: { name: unknown, folder } }));
    expect(readFileSync(database.path).equals(before)).toBe(true);
  });

  test('of an older format is brought up to date', async () => {
    const directory = scratch();
    const clock = testClock();
    const old = openDatabase(directory, { clock, migrations: migrations.slice(0, -1) });
    const { version: _version, ...record } = sampleRecord({ name: 'Überall' });
    old.write((connection) =>
      connection
        .prepare('INSERT INTO credential (id, name_key, deleted_at, document) VALUES (?, ?, NULL, ?)')
        .run(record.id, 'überall', JSON.stringify(record)),
    );
    old.close();
    // The migration makes the backup.
    openDatabase(directory, { clock }).close();
    const [backup] = listBackups(directory, countDamaged);
    expect(backup).toMatchObject({
      name: `keyring-version-${migrations.length - 1}-20261124T103000Z.sqlite`,
      credentials: 1,
      damaged: 0,
      fault: null,
    });
    restoreBackup({ directory, name: backup?.name ?? '', clock, actor: 'somebody' });
    expect(createCredentialStore(testDatabase(directory), clock).list()).toMatchObject([{ id: record.id, name: 'Überall' }]);
  });
});
