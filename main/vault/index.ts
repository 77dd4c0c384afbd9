/**
 * What is kept: the store (one SQLite file with its migrations, backups and restoration) and the private keys in the keychain of
 * the operating system. Its tables are read and written by the rooms above; nothing else opens the file or calls the keychain.
 */
export { backUpDaily, keptBackups, listBackups } from './backups.ts';
export type { Backup, CountDamaged } from './backups.ts';
export { restoreBackup } from './restore-store.ts';
export type { RestoredStore } from './restore-store.ts';
export { dataDirectory, defaultDataDirectory, hasStore } from './data-directory.ts';
export type { DataDirectoryRequest } from './data-directory.ts';
export { openDatabase } from './database.ts';
export type { Database, DatabaseOptions } from './database.ts';
export type { Keychain } from './keychain.ts';
export { networkLocation } from './network-path.ts';
export { osKeychain } from './os-keychain.ts';
export { createPasswords } from './passwords.ts';
export type { Passwords } from './passwords.ts';
export { practiceKeychain } from './practice-keychain.ts';
export { createSecrets } from './secrets.ts';
export type { SecretName, Secrets } from './secrets.ts';
