import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Keychain } from './keychain.ts';
import { join, partAccount, readHeader, split } from './secret-parts.ts';
import { createSequence } from './sequence.ts';

/** Names one private key: the credential and the SHA-1 thumbprint (upper-case hex) of its certificate. */
export interface SecretName {
  readonly credentialId: string;
  readonly thumbprint: string;
}

/** The private keys of the credentials. Every call throws the keychain's Fault vault.unavailable and vault.locked. */
export interface Secrets {
  /** Resolves when the keychain can be used: asked before anybody is made to sign in. */
  probe(): Promise<void>;
  /**
   * Keeps the key and reads it back before it answers. An intact different key under the same name is never replaced.
   *
   * @throws Fault vault.not-saved when what was read back is not what was written
   */
  save(name: SecretName, privateKey: KeyObject): Promise<void>;
  /** Null when there is none. @throws Fault vault.undecryptable when it is there but broken; it is kept as it is */
  load(name: SecretName): Promise<KeyObject | null>;
  /** Removes it, broken or not. False when there was nothing. */
  forget(name: SecretName): Promise<boolean>;
  /** Every key, also incomplete ones. */
  list(): Promise<SecretName[]>;
}

export function createSecrets(keychain: Keychain): Secrets {
  const inSequence = createSequence();

  /** The stored text, or null; 'broken' when only pieces are there. */
  const readValue = async (account: string): Promise<string | null | { broken: true }> => {
    const head = await keychain.get(account);
    // The header is written last: parts without it are a save that was interrupted.
    if (head === null) return (await keychain.get(partAccount(account, 1))) === null ? null : { broken: true };
    try {
      const header = readHeader(head);
      if (header === null) return head;
      const parts = await Promise.all(Array.from({ length: header.parts }, (_, index) => keychain.get(partAccount(account, index + 1))));
      return join(header, parts) ?? { broken: true };
    } catch (error) {
      if (error instanceof Fault) throw error;
      return { broken: true };
    }
  };

  const accountsOf = async (account: string): Promise<string[]> =>
    (await keychain.accounts()).filter((entry) => entry === account || entry.startsWith(`${account}/`));

  const list = async (): Promise<SecretName[]> => {
    const names = new Map<string, SecretName>();
    for (const entry of await keychain.accounts()) {
      const name = asName(entry);
      if (name !== null) names.set(accountOf(name), name);
    }
    return [...names.values()];
  };

  return {
    // A read of nothing: the operating system's keychain unlocks for it, or says why it cannot.
    probe: async () => void (await keychain.get('unlock-probe')),
    list,
    save: (name, privateKey) =>
      inSequence(accountOf(name), async () => {
        const account = accountOf(name);
        const value = asText(privateKey);
        const { head, parts } = split(value);
        const before = await readValue(account);
        if (before !== value) {
          // One certificate has one key. Replacing an intact other one would destroy what exists only once.
          if (typeof before === 'string' && asKey(before) !== null) throw new Error('the keychain holds another key for this certificate');
          for (const [index, part] of parts.entries()) await keychain.set(partAccount(account, index + 1), part);
          await keychain.set(account, head);
          if ((await readValue(account)) !== value) throw new Fault('vault.not-saved', { params: { thumbprint: name.thumbprint } });
        }
        const needed = new Set([account, ...parts.map((_, index) => partAccount(account, index + 1))]);
        for (const entry of await accountsOf(account)) if (!needed.has(entry)) await keychain.delete(entry);
      }),
    load: (name) =>
      inSequence(accountOf(name), async () => {
        const value = await readValue(accountOf(name));
        if (value === null) return null;
        const key = typeof value === 'string' ? asKey(value) : null;
        if (key === null) throw new Fault('vault.undecryptable', { params: { thumbprint: name.thumbprint } });
        return key;
      }),
    forget: (name) =>
      inSequence(accountOf(name), async () => {
        const entries = await accountsOf(accountOf(name));
        for (const entry of entries) await keychain.delete(entry);
        return entries.length > 0;
      }),
  };
}

function accountOf({ credentialId, thumbprint }: SecretName): string {
  return `${credentialId}/${thumbprint}`;
}

function asName(account: string): SecretName | null {
  const [, credentialId, thumbprint] = /^([^/]+)\/([0-9A-F]{40})(?:\/\d+)?$/.exec(account) ?? [];
  return credentialId === undefined || thumbprint === undefined ? null : { credentialId, thumbprint };
}

function asText(privateKey: KeyObject): string {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const text = der.toString('base64');
  der.fill(0);
  return text;
}

function asKey(text: string): KeyObject | null {
  const der = Buffer.from(text, 'base64');
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  } finally {
    der.fill(0);
  }
}
