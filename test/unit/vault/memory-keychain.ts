import type { Keychain } from '../../../main/vault/index.ts';

export interface MemoryKeychain extends Keychain {
  /** Open for tests that damage something. */
  readonly entries: Map<string, string>;
  /** What was asked, in order, e.g. `set a/1`. */
  readonly calls: string[];
}

/** Keeps entries as Windows does: nothing above 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export function memoryKeychain(): MemoryKeychain {
  const entries = new Map<string, string>();
  const calls: string[] = [];
  return {
    entries,
    calls,
    get: async (account) => {
      calls.push(`get ${account}`);
      return entries.get(account) ?? null;
    },
    set: async (account, value) => {
      calls.push(`set ${account}`);
      if (Buffer.byteLength(value) > 2560) throw new Error('The stub received bad data.');
      entries.set(account, value);
    },
    delete: async (account) => {
      calls.push(`delete ${account}`);
      return entries.delete(account);
    },
    accounts: async () => [...entries.keys()],
  };
}
