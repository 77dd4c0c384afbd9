import { describe, expect, test } from 'vitest';
import { osKeychain } from '../../../main/vault/index.ts';
import type { OsKeychainOptions } from '../../../main/vault/os-keychain.ts';
import { memoryKeychain } from './memory-keychain.ts';

const service = 'Tenant Keyring test';

/** A system's keychain that answers what is given, and takes down what it is asked. */
function recording(platform: NodeJS.Platform, entries: Readonly<Record<string, string>>, listed: readonly string[] = Object.keys(entries)) {
  const calls: string[] = [];
  const stored = new Map(Object.entries(entries));
  const keychain = osKeychain({
    service,
    platform,
    load: () =>
      Promise.resolve({
        getPassword: (_, account) => Promise.resolve((calls.push(`get ${account}`), stored.get(account) ?? null)),
        setPassword: (_, account) => Promise.resolve(void calls.push(`set ${account}`)),
        deletePassword: (_, account) => Promise.resolve((calls.push(`delete ${account}`), stored.delete(account))),
        findCredentials: () => Promise.resolve((calls.push('find'), listed.map((account) => ({ account, password: 'x' })))),
      }),
  });
  return { keychain, calls };
}

describe('what a keychain is asked', () => {
  test.for([
    ['linux', ['get a', 'set unlock-probe', 'get a']],
    ['win32', ['get a']],
    ['darwin', ['get a']],
  ] as const)(
    'an entry that is not there is asked for again where a locked keychain answers like that: %s',
    async ([platform, expected]) => {
      const { keychain, calls } = recording(platform, {});
      await expect(keychain.get('a')).resolves.toBeNull();
      expect(calls).toEqual(expected);
      const there = recording(platform, { a: 'x' });
      await expect(there.keychain.get('a')).resolves.toBe('x');
      expect(there.calls).toEqual(['get a']);
    },
  );

  test.for([
    ['linux', ['delete a', 'set unlock-probe', 'delete a']],
    ['win32', ['delete a']],
    ['darwin', ['delete a']],
  ] as const)('and so is its removal: %s', async ([platform, expected]) => {
    const { keychain, calls } = recording(platform, {});
    await expect(keychain.delete('a')).resolves.toBe(false);
    expect(calls).toEqual(expected);
    const there = recording(platform, { a: 'x' });
    await expect(there.keychain.delete('a')).resolves.toBe(true);
    expect(there.calls).toEqual(['delete a']);
  });

  test('lists each entry once, the probe not at all; on Windows only what is ours', async () => {
    const listed = ['a', 'unlock-probe', 'b', 'a', 'of another service'];
    const entries = { a: 'x', b: 'y', 'unlock-probe': 'x' };
    const linux = recording('linux', entries, listed);
    await expect(linux.keychain.accounts()).resolves.toEqual(['a', 'b', 'of another service']);
    expect(linux.calls).toEqual(['set unlock-probe', 'find']);
    const windows = recording('win32', entries, listed);
    await expect(windows.keychain.accounts()).resolves.toEqual(['a', 'b']);
    expect(windows.calls).toEqual(['find', 'get a', 'get b', 'get of another service']);
    await expect(recording('darwin', entries, listed).keychain.accounts()).resolves.toEqual(['a', 'b', 'of another service']);
  });

  test('is loaded again by no question after one that failed', async () => {
    let loaded = 0;
    const keychain = osKeychain({ service, load: () => Promise.reject(new Error(`try ${(loaded += 1)}`)) });
    for (const question of [keychain.get('a'), keychain.set('a', 'b'), keychain.accounts()])
      await expect(question).rejects.toMatchObject({ code: 'vault.unavailable', params: { reason: 'try 1' } });
  });
});

const failing = (message: string): OsKeychainOptions => ({ service, load: () => Promise.reject(new Error(message)) });

describe('what the systems report', () => {
  test.for([
    ['The unlock prompt was dismissed', 'vault.locked'],
    ['Cannot create an item in a locked collection', 'vault.locked'],
    ['User interaction is not allowed.', 'vault.locked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'vault.unavailable'],
    ['A specified logon session does not exist. It may already have been terminated.', 'vault.unavailable'],
    ['Failed to load keytar native addon', 'vault.unavailable'],
  ] as const)('%s', async ([message, code]) => {
    await expect(osKeychain(failing(message)).get('a')).rejects.toMatchObject({ code, params: { reason: message } });
  });

  test('the module is loaded once, with the first question, under one service', async () => {
    const memory = memoryKeychain();
    let loaded = 0;
    const services = new Set<string>();
    const load: OsKeychainOptions['load'] = async () => {
      loaded += 1;
      return {
        getPassword: (asked, account) => (services.add(asked), memory.get(account)),
        setPassword: (asked, account, value) => (services.add(asked), memory.set(account, value)),
        deletePassword: (asked, account) => (services.add(asked), memory.delete(account)),
        findCredentials: async (asked) => (services.add(asked), (await memory.accounts()).map((account) => ({ account, password: 'x' }))),
      };
    };
    const keychain = osKeychain({ load, platform: 'win32' });
    expect(loaded).toBe(0);
    await keychain.set('a', 'b');
    expect([await keychain.get('a'), await keychain.accounts(), await keychain.delete('a')]).toEqual(['b', ['a'], true]);
    expect([loaded, [...services]]).toEqual([1, ['Tenant Keyring']]);
  });
});
