import type * as KeytarModule from 'keytar';
import { Fault } from '../faults.ts';
import type { Keychain } from './keychain.ts';

/** One service name for everything, so that one look into the Windows Credential Manager shows what we keep. */
export const keychainService = 'Tenant Keyring';

type Keytar = Pick<typeof KeytarModule, 'getPassword' | 'setPassword' | 'deletePassword' | 'findCredentials'>;

export interface OsKeychainOptions {
  readonly service?: string;
  readonly platform?: NodeJS.Platform;
  /** Replaced in tests. The native module is loaded with the first call, so that nothing else needs a keychain. */
  readonly load?: () => Promise<Keytar>;
}

/** An entry without meaning, written to learn whether a Secret Service is unlocked. */
const unlockProbe = 'unlock-probe';

/**
 * Windows Credential Manager, macOS Keychain or the Secret Service of the desktop (libsecret), through keytar.
 * Fails closed: `vault.unavailable` with the system's reason, or `vault.locked`; see `Keychain`.
 */
export function osKeychain({
  service = keychainService,
  platform = process.platform,
  load = loadKeytar,
}: OsKeychainOptions = {}): Keychain {
  let loading: Promise<Keytar> | undefined;
  const ask = async <T>(question: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      loading ??= load();
      return await question(await loading);
    } catch (error) {
      throw asKeychainFault(error);
    }
  };
  /**
   * A locked Secret Service answers a read like one without the entry, and keytar crashes the process when it lists a
   * locked one. Only writing asks the person to unlock it, and fails when it stays locked.
   */
  const unlocked = async (keytar: Keytar): Promise<void> => {
    if (platform === 'linux') await keytar.setPassword(service, unlockProbe, 'x');
  };
  return {
    get: (account) =>
      ask(async (keytar) => {
        const value = await keytar.getPassword(service, account);
        if (value !== null || platform !== 'linux') return value;
        await unlocked(keytar);
        return keytar.getPassword(service, account);
      }),
    set: (account, value) => ask((keytar) => keytar.setPassword(service, account, value)),
    delete: (account) =>
      ask(async (keytar) => {
        if (await keytar.deletePassword(service, account)) return true;
        if (platform !== 'linux') return false;
        await unlocked(keytar);
        return keytar.deletePassword(service, account);
      }),
    accounts: () =>
      ask(async (keytar) => {
        await unlocked(keytar);
        const found = new Set((await keytar.findCredentials(service)).map(({ account }) => account));
        found.delete(unlockProbe);
        if (platform !== 'win32') return [...found];
        // Windows lists by the beginning of a name: also what another service keeps whose name begins like ours.
        const ours = await Promise.all([...found].map(async (account) => (await keytar.getPassword(service, account)) !== null));
        return [...found].filter((_, index) => ours[index]);
      }),
  };
}

// A CommonJS module: only `default` is there whatever the loader finds out about its names.
async function loadKeytar(): Promise<Keytar> {
  return (await import('keytar')).default;
}

/**
 * The systems report in words only. Locked: libsecret ("Cannot create an item in a locked collection", "… prompt was
 * dismissed"), macOS ("User interaction is not allowed.", "… canceled"). All else means that there is no keychain here.
 */
function asKeychainFault(error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error);
  const locked = /locked|dismissed|cancell?ed|interaction is not allowed/i.test(reason);
  return locked
    ? new Fault('vault.locked', { cause: error, params: { reason } })
    : new Fault('vault.unavailable', { cause: error, params: { reason } });
}
