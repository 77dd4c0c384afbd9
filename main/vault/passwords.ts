import { Fault } from '../faults.ts';
import type { Keychain } from './keychain.ts';

/** Entries of their own kind: no private key has such an account, so neither is taken for the other. */
const kind = 'server/';

/**
 * The passwords with which servers are asked, one for each server by its id. Every call throws the keychain's Fault
 * vault.unavailable and vault.locked.
 */
export interface Passwords {
  /** Keeps it and reads it back before it answers. @throws Fault vault.unavailable when another one came back */
  save(serverId: string, password: string): Promise<void>;
  /** Null when there is none. */
  load(serverId: string): Promise<string | null>;
  /** False when there was none. */
  forget(serverId: string): Promise<boolean>;
  /** Ids of the servers that have one. */
  list(): Promise<string[]>;
}

const accountOf = (serverId: string) => `${kind}${serverId}`;

export function createPasswords(keychain: Keychain): Passwords {
  return {
    save: async (serverId, password) => {
      await keychain.set(accountOf(serverId), password);
      if ((await keychain.get(accountOf(serverId))) !== password)
        throw new Fault('vault.unavailable', { params: { reason: 'the password that was read back is another one' } });
    },
    load: (serverId) => keychain.get(accountOf(serverId)),
    forget: (serverId) => keychain.delete(accountOf(serverId)),
    list: async () =>
      (await keychain.accounts()).filter((account) => account.startsWith(kind)).map((account) => account.slice(kind.length)),
  };
}
