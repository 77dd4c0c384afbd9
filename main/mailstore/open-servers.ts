import type { Database } from '../vault/database.ts';
import { createPasswords, type Keychain } from '../vault/index.ts';
import { createServerLinks } from './links.ts';
import { createServerStore } from './server-store.ts';
import { createServers, type Servers, type ServersOptions } from './servers.ts';

/** Where servers and their passwords are kept, and who asks. */
export interface OpenServers extends Omit<ServersOptions, 'store' | 'links' | 'passwords'> {
  readonly database: Database;
  /** Looked into when the password of a server is needed. */
  readonly keychain: Keychain;
}

/** The servers of one data directory, to be asked. */
export const openServers = ({ database, keychain, ...rest }: OpenServers): Servers =>
  createServers({
    store: createServerStore(database),
    links: createServerLinks(database),
    passwords: createPasswords(keychain),
    ...rest,
  });
