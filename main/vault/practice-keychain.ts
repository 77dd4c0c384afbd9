import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../faults.ts';
import { practiceFolder } from './data-directory.ts';
import type { Keychain } from './keychain.ts';

/** The name says what it is to whoever finds it. */
export const practiceSecretsFile = 'PRACTICE-SECRETS-not-a-keychain.sqlite';

/**
 * Keeps the keys of practice credentials in a plain file (0600), so that practising needs no keychain. The keys open
 * nothing but the simulated tenant. A database rather than JSON, because window and command line write it at once.
 *
 * @throws Fault vault.practice-only outside a folder named `practice`; vault.unavailable when the file cannot be used
 */
export function practiceKeychain(directory: string): Keychain {
  if (basename(resolve(directory)) !== practiceFolder) throw new Fault('vault.practice-only', { params: { path: directory } });
  const path = join(directory, practiceSecretsFile);
  const ask = async <T>(question: (connection: DatabaseSync) => T): Promise<T> => withFile(path, question);
  return {
    get: (account) =>
      ask((connection) => {
        const value = connection.prepare('SELECT value FROM entry WHERE account = ?').get(account)?.['value'];
        return typeof value === 'string' ? value : null;
      }),
    set: (account, value) =>
      ask((connection) => {
        connection
          .prepare('INSERT INTO entry (account, value) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET value = excluded.value')
          .run(account, value);
      }),
    delete: (account) => ask((connection) => connection.prepare('DELETE FROM entry WHERE account = ?').run(account).changes === 1),
    accounts: () =>
      ask((connection) =>
        connection
          .prepare('SELECT account FROM entry ORDER BY account')
          .all()
          .map(({ account }) => String(account)),
      ),
  };
}

/** Opened for each call and closed again: nobody has to close a keychain, and Windows lets go of the file. */
function withFile<T>(path: string, question: (connection: DatabaseSync) => T): T {
  let connection: DatabaseSync | undefined;
  try {
    writeFileSync(path, '', { flag: 'a', mode: 0o600 });
    connection = new DatabaseSync(path, { timeout: 5000 });
    connection.exec('CREATE TABLE IF NOT EXISTS entry (account TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT');
    return question(connection);
  } catch (error) {
    throw new Fault('vault.unavailable', {
      cause: error,
      params: { reason: `${path}: ${error instanceof Error ? error.message : String(error)}` },
    });
  } finally {
    connection?.close();
  }
}
