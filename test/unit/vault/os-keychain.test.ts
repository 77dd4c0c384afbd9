import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { createSecrets, osKeychain } from '../../../main/vault/index.ts';
import { longestEntry } from '../../../main/vault/secret-parts.ts';
import { skippedWhere } from '../../system.ts';
import { scratch } from './samples.ts';

const run = promisify(execFile);

/** A service of its own, so that a developer's real entries are never touched. */
const service = `Tenant Keyring test ${randomUUID()}`;

/** Set by .ci/keychain-test: the keyring was made for this test, may be locked, and no test may be skipped. */
const ownKeyring = process.env['TENANT_KEYRING_REQUIRE_KEYCHAIN'] === '1';

async function whyNot(): Promise<string | null> {
  if (process.platform === 'linux' && process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined) return 'there is no D-Bus session';
  try {
    const keychain = osKeychain({ service });
    await keychain.set('probe', 'x');
    await keychain.delete('probe');
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error);
  }
}

const reason = await whyNot();
if (reason !== null && ownKeyring) throw new Error(`a keychain is required here, but ${reason}`);

describe('the keychain of this system', skippedWhere(reason !== null, `${reason} (.ci/keychain-test brings a keychain)`), () => {
  const keychain = osKeychain({ service });

  afterAll(async () => {
    if (!ownKeyring) await keychain.delete('unlock-probe');
  });

  test.for([20, 1200, longestEntry])('%i characters come back', async (length) => {
    const value = randomBytes(length).toString('base64').slice(0, length);
    await keychain.set(`size/${length}`, value);
    await expect(keychain.get(`size/${length}`)).resolves.toBe(value);
    await expect(keychain.accounts()).resolves.toContain(`size/${length}`);
    await expect(keychain.delete(`size/${length}`)).resolves.toBe(true);
    await expect(keychain.delete(`size/${length}`)).resolves.toBe(false);
    await expect(keychain.get(`size/${length}`)).resolves.toBeNull();
  });

  // Windows finds entries by the beginning of their names.
  test('another service whose name begins like ours is not listed', async () => {
    const other = osKeychain({ service: `${service} practice` });
    await keychain.set('ours', 'x');
    await other.set('theirs', 'y');
    await other.set('ours', 'y');
    await expect(keychain.accounts()).resolves.toEqual(['ours']);
    expect((await other.accounts()).toSorted()).toEqual(['ours', 'theirs']);
    expect([await keychain.delete('ours'), await other.delete('ours'), await other.delete('theirs')]).toEqual([true, true, true]);
  });

  test('an entry is replaced, and accents survive', async () => {
    await keychain.set('clé', 'un');
    await keychain.set('clé', 'Schlüssel');
    await expect(keychain.get('clé')).resolves.toBe('Schlüssel');
    await expect(keychain.accounts()).resolves.toEqual(['clé']);
    await keychain.delete('clé');
  });

  test.for([2048, 3072, 4096])(
    'a private key of RSA %i is stored, read by another process, listed and forgotten',
    async (modulusLength) => {
      const secrets = createSecrets(keychain);
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
      const name = { credentialId: randomUUID(), thumbprint: randomBytes(20).toString('hex').toUpperCase() };
      await secrets.save(name, privateKey);
      const fixture = join(import.meta.dirname, 'fixtures', 'load-secret.ts');
      const { stdout } = await run(process.execPath, [fixture, service, name.credentialId, name.thumbprint]);
      expect(stdout).toBe(privateKey.export({ format: 'pem', type: 'pkcs8' }));
      await expect(secrets.list()).resolves.toEqual([name]);
      await expect(secrets.forget(name)).resolves.toBe(true);
      await expect(secrets.load(name)).resolves.toBeNull();
      await expect(keychain.accounts()).resolves.toEqual([]);
    },
  );

  // Last, because nobody is there to unlock it again. Only where the keyring is the script's own.
  const locking = skippedWhere(!ownKeyring, 'no keyring here may be locked');
  test('locked, it says so: nothing looks missing, nothing crashes', locking, async () => {
    await keychain.set('before', 'x');
    await expect(keychain.get('before')).resolves.toBe('x');
    const collection = '/org/freedesktop/secrets/collection/login';
    await run('dbus-send', [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.secrets',
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
      `array:objpath:${collection}`,
    ]);
    await expect(keychain.get('before')).rejects.toMatchObject({ code: 'vault.locked' });
    await expect(keychain.set('after', 'x')).rejects.toMatchObject({ code: 'vault.locked' });
    await expect(keychain.delete('before')).rejects.toMatchObject({ code: 'vault.locked' });
    await expect(keychain.accounts()).rejects.toMatchObject({ code: 'vault.locked' });
  });
});

const noBus = skippedWhere(process.platform !== 'linux', 'D-Bus is Linux’');
test('without a D-Bus session there is no keychain, and nothing else takes its place', noBus, async () => {
  const fixture = join(import.meta.dirname, 'fixtures', 'load-secret.ts');
  const { stdout } = await run(process.execPath, [fixture, service, 'id', 'A'.repeat(40)], {
    env: { PATH: process.env['PATH'], HOME: scratch() },
  });
  expect(stdout).toBe('vault.unavailable');
});
