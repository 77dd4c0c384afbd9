import type * as KeytarModule from 'keytar';
import { Fault } from '../faults.ts';
import type { Keychain } from './keychain.ts';

/** One service name for everything, so that one look into the Windows Credential Manager shows what we keep. */
export const keychainService = 'Tenant Keyring';

type Keytar = Pick<typeof KeytarModule, 'getPassword' | 'setPassword' | 'deletePassword' | 'findCredentials'>;

export interface OsKeychainOptions {
  readonly service?: string;
  /** Replaced in tests. The native module is loaded with the first call, so that nothing else needs a keychain. */
  readonly load?: () => Promise<Keytar>;
}

/**
 * Windows Credential Manager, macOS Keychain or the Secret Service of the desktop (libsecret), through keytar.
 * Fails closed: `vault.unavailable` with the system's reason, or `vault.locked`; see `Keychain`.
 */
export function osKeychain({ service = keychainService, load = loadKeytar }: OsKeychainOptions = {}): Keychain {
  let loading: Promise<Keytar> | undefined;
  const ask = async <T>(question: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      loading ??= load();
      return await question(await loading);
    } catch (error) {
      throw asKeychainFault(error);
    }
  };
  return {
    get: (account) => ask((keytar) => keytar.getPassword(service, account)),
    set: (account, value) => ask((keytar) => keytar.setPassword(service, account, value)),
    delete: (account) => ask((keytar) => keytar.deletePassword(service, account)),
    accounts: () => ask(async (keytar) => (await keytar.findCredentials(service)).map(({ account }) => account)),
  };
}

// A CommonJS module: only `default` is there whatever the loader finds out about its names.
async function loadKeytar(): Promise<Keytar> {
  return (await import('keytar')).default;
}

/**
 * The systems report in words only. Locked: libsecret ("Cannot get secret of a locked object", "… prompt was
 * dismissed"), macOS ("User interaction is not allowed.", "… canceled"). All else means that there is no keychain here.
 */
function asKeychainFault(error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error);
  const locked = /locked|dismissed|cancell?ed|interaction is not allowed/i.test(reason);
  return locked ? new Fault('vault.locked', { cause: error, params: { reason } }) : new Fault('vault.unavailable', { cause: error, params: { reason } });
}
