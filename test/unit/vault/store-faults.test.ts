import { describe, expect, test } from 'vitest';
import { asStoreFault, isUniqueViolation, needsRecovery } from '../../../main/vault/store-faults.ts';

/** As node:sqlite throws it; extended result codes have the primary one in their low byte (sqlite.org/rescode.html). */
const sqlite = (errcode: number) => Object.assign(new Error('in SQLite’s words'), { code: 'ERR_SQLITE_ERROR', errcode });
const path = '/data/keyring.sqlite';

describe('what SQLite reports', () => {
  test.each([
    [5, 'store.busy', { path }],
    [261, 'store.busy', { path }], // SQLITE_BUSY_RECOVERY
    [6, 'store.busy', { path }],
    [11, 'store.corrupted', { path, detail: 'in SQLite’s words', backup: 'none' }],
    [26, 'store.corrupted', { path, detail: 'in SQLite’s words', backup: 'none' }],
    [13, 'data.full', { path }],
    [3, 'data.not-writable', { path, reason: 'in SQLite’s words' }],
    [8, 'data.not-writable', { path, reason: 'in SQLite’s words' }],
    [10, 'data.not-writable', { path, reason: 'in SQLite’s words' }],
    [778, 'data.not-writable', { path, reason: 'in SQLite’s words' }], // SQLITE_IOERR_WRITE
    [14, 'data.not-writable', { path, reason: 'in SQLite’s words' }],
  ])('about the file (%d) is the fault %s', (errcode, code, params) => {
    const error = sqlite(errcode);
    expect(asStoreFault(error, path)).toMatchObject({ name: 'Fault', code, params, cause: error });
  });

  test('about anything else is a bug and stays what it is, as does what SQLite did not say', () => {
    for (const error of [
      sqlite(1),
      sqlite(19),
      new Error('bug'),
      Object.assign(new Error('x'), { code: 'EACCES', errcode: 13 }),
      'text',
      null,
    ])
      expect(asStoreFault(error, path)).toBe(error);
    const withoutNumber = Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode: '13' });
    expect(asStoreFault(withoutNumber, path)).toBe(withoutNumber);
    expect(asStoreFault({ code: 'ERR_SQLITE_ERROR', errcode: 13 }, path)).not.toBeInstanceOf(Error);
  });

  test('tells a second row of the same name from other refusals', () => {
    expect([sqlite(2067), sqlite(1555), sqlite(19), Object.assign(new Error('x'), { errcode: 2067 })].map(isUniqueViolation)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('tells the journal of a crashed writer from other refusals', () => {
    expect([sqlite(264), sqlite(776), sqlite(8), sqlite(5), Object.assign(new Error('x'), { errcode: 264 })].map(needsRecovery)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
