export { dataDirectory, defaultDataDirectory } from './data-directory.ts';
export type { DataDirectoryRequest } from './data-directory.ts';
export { openDatabase } from './database.ts';
export type { Database, DatabaseOptions } from './database.ts';
export type { Keychain } from './keychain.ts';
export { osKeychain } from './os-keychain.ts';
export { practiceKeychain } from './practice-keychain.ts';
export { createSecrets } from './secrets.ts';
export type { SecretName, Secrets } from './secrets.ts';
