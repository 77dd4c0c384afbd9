import type { CredentialRecord, StoredCertificate } from '../../../main/credential/index.ts';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../../main/vault/migrations.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import { privateFile } from '../../system.ts';
import { sampleCertificate, sampleRecord } from './records.ts';
import { scratch, testClock, testDatabase } from './samples.ts';

const options = { clock: testClock() };

/** A store with enough in it to fill pages, closed. */
function filledStore(directory: string): string {
  const database = openDatabase(directory, options);
  const store = createCredentialStore(database, options.clock);
  for (let number = 0; number < 20; number += 1) store.insert(sampleRecord({ name: `Tenant ${number}` }));
  database.close();
  return database.path;
}

function storeOfVersion(directory: string, version: number): string {
  const path = filledStore(directory);
  const raw = new DatabaseSync(path);
  raw.exec(`PRAGMA user_version = ${version}`);
  raw.close();
  return path;
}

describe('a new store', () => {
  test('is WAL, fully synchronous and readable by this user only', () => {
    const database = testDatabase();
    const pragma = (name: string): unknown =>
      database.read((connection) => Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout')]).toEqual(['wal', 2, 1, 5000]);
    database.write((connection) => connection.exec('DELETE FROM lease'));
    for (const file of [database.path, `${database.path}-wal`, `${database.path}-shm`])
      expect(statSync(file).mode & 0o777).toBe(privateFile);
  });

  test('begins again where a crash left an empty file', () => {
    const directory = scratch();
    writeFileSync(join(directory, 'keyring.sqlite'), '');
    expect(createCredentialStore(testDatabase(directory), options.clock).list()).toEqual([]);
  });
});

describe('transactions', () => {
  test('wait for the disk, but for fleeting ones, also after one that failed', () => {
    const database = testDatabase();
    const level = (connection: DatabaseSync): unknown => connection.prepare('PRAGMA synchronous').get()?.['synchronous'];
    expect([database.write(level), database.writeFleeting(level), database.write(level)]).toEqual([2, 1, 2]);
    expect(database.write(() => database.writeFleeting(level))).toBe(2);
    const failing = () => {
      throw new Error('half way');
    };
    expect(() => database.writeFleeting(failing)).toThrow('half way');
    expect(database.write(level)).toBe(2);
  });

  test('roll back as a whole, nested ones too', () => {
    const database = testDatabase();
    const store = createCredentialStore(database, options.clock);
    expect(() =>
      database.write(() => {
        store.insert(sampleRecord());
        throw new Error('half way');
      }),
    ).toThrow('half way');
    expect(store.list()).toEqual([]);
    store.insert(sampleRecord());
    expect(store.list()).toHaveLength(1);
  });

  test('another connection sees that something changed, one’s own writes do not count', () => {
    const directory = scratch();
    const [one, two] = [testDatabase(directory), testDatabase(directory)];
    const before = one.dataVersion();
    createCredentialStore(one, options.clock).insert(sampleRecord({ name: 'by one' }));
    expect(one.dataVersion()).toBe(before);
    createCredentialStore(two, options.clock).insert(sampleRecord({ name: 'by two' }));
    expect(one.dataVersion()).not.toBe(before);
  });
});

describe('a store that cannot be used', () => {
  test.for([
    ['noise', (path: string) => writeFileSync(path, 'not a database at all, '.repeat(500))],
    ['a cut-off file', (path: string) => truncateSync(path, 6000)],
    [
      'overwritten pages',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.fill(0x5a, 4096, 16_384);
        writeFileSync(path, bytes);
      },
    ],
  ] as const)('%s is refused and left byte for byte', ([, damage]) => {
    const directory = scratch();
    const path = filledStore(directory);
    damage(path);
    const before = readFileSync(path);
    expect(() => openDatabase(directory, options)).toThrow(expect.objectContaining({ code: 'store.corrupted' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a newer one is refused and left byte for byte', () => {
    const directory = scratch();
    const path = storeOfVersion(directory, 99);
    const before = readFileSync(path);
    expect(() => openDatabase(directory, options)).toThrow(
      expect.objectContaining({ code: 'store.newer', params: { path, found: 99, known: migrations.length } }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.for([
    'CREATE TABLE theirs (x)',
    'PRAGMA application_id = 4711; CREATE TABLE theirs (x); DROP TABLE theirs',
    'PRAGMA user_version = 1; CREATE TABLE theirs (x); DROP TABLE theirs',
  ])('another program’s database is not taken over: %s', (theirs) => {
    const directory = scratch();
    const foreign = new DatabaseSync(join(directory, 'keyring.sqlite'));
    foreign.exec(theirs);
    foreign.close();
    expect(() => openDatabase(directory, options)).toThrow(expect.objectContaining({ code: 'store.corrupted' }));
  });

  test('a folder in its place is named', () => {
    const directory = scratch();
    mkdirSync(join(directory, 'keyring.sqlite'));
    expect(() => openDatabase(directory, options)).toThrow(expect.objectContaining({ code: 'store.corrupted' }));
  });
});

describe('reset', () => {
  test('moves a damaged store aside, deletes nothing and begins anew; twice in one second, too', () => {
    const directory = scratch();
    for (const noise of ['first', 'second']) {
      const path = join(directory, 'keyring.sqlite');
      writeFileSync(path, noise);
      const database = testDatabase(directory, { reset: true });
      expect(readFileSync(database.setAside ?? '', 'utf8')).toBe(noise);
      database.close();
    }
    expect(readdirSync(directory).filter((name) => name.includes('set-aside'))).toEqual([
      'keyring.set-aside-20261124T103000Z-2.sqlite',
      'keyring.set-aside-20261124T103000Z.sqlite',
    ]);
  });

  test('is refused while the store is in use', () => {
    const directory = scratch();
    const database = testDatabase(directory);
    createCredentialStore(database, options.clock).insert(sampleRecord());
    expect(() => openDatabase(directory, { ...options, reset: true })).toThrow(expect.objectContaining({ code: 'store.busy' }));
    expect(createCredentialStore(database, options.clock).list()).toHaveLength(1);
  });

  test('without a store just begins', () => {
    expect(testDatabase(scratch(), { reset: true }).setAside).toBeNull();
  });
});

describe('migrations', () => {
  const next = 'ALTER TABLE credential ADD COLUMN note TEXT';

  test('back the store up first, and keep what was in it', () => {
    const directory = scratch();
    filledStore(directory);
    const database = testDatabase(directory, { migrations: [...migrations, next] });
    expect(createCredentialStore(database, options.clock).list()).toHaveLength(20);
    const [backup] = readdirSync(join(directory, 'backups'));
    const path = join(directory, 'backups', backup ?? '');
    expect(statSync(path).mode & 0o777).toBe(privateFile);
    const copy = new DatabaseSync(path, { readOnly: true });
    expect(copy.prepare('SELECT count(*) AS count FROM credential').get()).toEqual({ count: 20 });
    expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    copy.close();
  });

  /** A store as the version with so many migrations left it. */
  function storeOf(version: number, documents: readonly Readonly<Record<string, unknown>>[]): string {
    const directory = scratch();
    const old = testDatabase(directory, { migrations: migrations.slice(0, version) });
    old.write((connection) => {
      for (const document of documents)
        connection
          .prepare('INSERT INTO credential (id, name_key, deleted_at, document) VALUES (?, ?, NULL, ?)')
          .run(String(document['id']), String(document['name']).toLowerCase(), JSON.stringify(document));
    });
    old.close();
    return directory;
  }

  /** A credential as it was stored before facts stood with their certificates. */
  function earlierDocument(record: CredentialRecord, said: { readonly handover: unknown; readonly usedHereOnly: boolean }) {
    const { version: _version, customer: _customer, notes: _notes, presented: _presented, ...rest } = record;
    const plain = ({
      inTenant: _i,
      holder: _h,
      otherHolders: _o,
      usedHereOnly: _u,
      handover: _handover,
      ...certificate
    }: StoredCertificate) => certificate;
    return {
      ...rest,
      certificate: rest.certificate && plain(rest.certificate),
      earlierCertificates: rest.earlierCertificates.map(plain),
      ...said,
    };
  }

  test('bring a store from before rotation up to date, its credentials unchanged otherwise', () => {
    const record = sampleRecord({ name: 'Überall' });
    const { usedHereOnly: _mark, rotation: _rotation, ...before } = earlierDocument(record, { handover: null, usedHereOnly: false });
    const directory = storeOf(1, [before]);
    const certificate = sampleCertificate({ holder: 'keyring', otherHolders: 'unknown' });
    expect(createCredentialStore(testDatabase(directory), options.clock).list()).toEqual([{ ...record, certificate, version: 1 }]);
    expect(readdirSync(join(directory, 'backups'))).toHaveLength(1);
  });

  test('keep what an older store said of a credential with the certificate it was said of, and protect those it said nothing of', () => {
    const current = sampleCertificate({ thumbprint: 'C'.repeat(40) });
    const earlier = sampleCertificate({ thumbprint: 'E'.repeat(40) });
    const given = { confirmedAt: '2026-11-24T10:32:00.000Z', by: 'anna' };
    const withBoth = { certificate: current, earlierCertificates: [earlier] };
    const [handed, alone, elsewhere, before] = [
      sampleRecord({ name: 'a handed over', ...withBoth }),
      sampleRecord({ name: 'b used here only', ...withBoth }),
      sampleRecord({ name: 'c external', custody: 'external', ...withBoth }),
      sampleRecord({ name: 'd handed over before', ...withBoth }),
    ];
    const directory = storeOf(2, [
      earlierDocument(handed, { handover: { ...given, thumbprint: current.thumbprint }, usedHereOnly: false }),
      earlierDocument(alone, { handover: null, usedHereOnly: true }),
      earlierDocument(elsewhere, { handover: null, usedHereOnly: false }),
      earlierDocument(before, { handover: { ...given, thumbprint: earlier.thumbprint }, usedHereOnly: false }),
    ]);
    const handover = { ...given, profile: { id: 'mailstore-guide', version: 1 } };
    const unknown = { holder: 'unknown', otherHolders: 'unknown', usedHereOnly: false, handover: null };
    expect(createCredentialStore(testDatabase(directory), options.clock).list()).toMatchObject([
      { certificate: { holder: 'keyring', otherHolders: 'possible', usedHereOnly: false, handover }, earlierCertificates: [unknown] },
      { certificate: { holder: 'keyring', otherHolders: 'unknown', usedHereOnly: true, handover: null }, earlierCertificates: [unknown] },
      { certificate: { holder: 'external', otherHolders: 'possible', usedHereOnly: false }, earlierCertificates: [unknown] },
      { certificate: { handover: null }, earlierCertificates: [{ ...unknown, handover }] },
    ]);
  });

  test('give every credential the software that all were for, and take the guide’s step from its permissions', () => {
    const record = sampleRecord({ name: 'before' });
    const { version: _version, server: _server, ...rest } = record;
    const permissions = rest.profile.permissions.map((permission) => ({ ...permission, step: 'G17' }));
    const directory = storeOf(4, [
      { ...rest, profile: { ...rest.profile, permissions } },
      { id: 'unreadable', name: 'damaged' },
    ]);
    const store = createCredentialStore(testDatabase(directory), options.clock);
    expect(store.list()).toEqual([{ ...record, version: 1, server: { id: 'mailstore-server', instance: null } }]);
    expect(store.damaged().map(({ id }) => id)).toEqual(['unreadable']);
  });

  test('that fail leave the version before', () => {
    const directory = scratch();
    filledStore(directory);
    expect(() => openDatabase(directory, { ...options, migrations: [...migrations, `${next}; SELECT nonsense`] })).toThrow(/nonsense/);
    const database = testDatabase(directory);
    expect(createCredentialStore(database, options.clock).list()).toHaveLength(20);
  });

  test('of a current store make no backup', () => {
    const directory = scratch();
    filledStore(directory);
    testDatabase(directory);
    expect(existsSync(join(directory, 'backups'))).toBe(false);
  });
});
