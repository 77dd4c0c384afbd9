import { orphansOf } from '../../../main/credential/index.ts';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../../../main/vault/index.ts';
import type { Keychain, Secrets } from '../../../main/vault/index.ts';
import { memoryKeychain } from './memory-keychain.ts';
import type { MemoryKeychain } from './memory-keychain.ts';
import { sampleCertificate, sampleRecord } from './records.ts';

const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const small = rsa(2048);
const large = rsa(4096);
const name = { credentialId: 'c0ffee00-0000-4000-8000-000000000000', thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567' };
const account = `${name.credentialId}/${name.thumbprint}`;

function setUp(): { keychain: MemoryKeychain; secrets: Secrets } {
  const keychain = memoryKeychain();
  return { keychain, secrets: createSecrets(keychain) };
}

describe('saving', () => {
  test.for([
    [2048, small, [account]],
    [4096, large, [`${account}/1`, `${account}/2`, account]],
  ] as const)('RSA %i comes back, in entries that fit', async ([, key, entries]) => {
    const { keychain, secrets } = setUp();
    await secrets.save(name, key);
    expect([...keychain.entries.keys()]).toEqual(entries);
    expect((await secrets.load(name))?.equals(key)).toBe(true);
    await expect(secrets.list()).resolves.toEqual([name]);
  });

  test('what has another form in the keychain is none of ours; of parts there may be more than nine', async () => {
    const { keychain, secrets } = setUp();
    const others = ['task-probe', name.thumbprint, `x/${account}`, `${account}/x`, `${account}/1x`, account.toLowerCase(), `${account}0`];
    for (const entry of others) keychain.entries.set(entry, 'x');
    await expect(secrets.list()).resolves.toEqual([]);
    keychain.entries.set(`${account}/10`, 'x');
    await expect(secrets.list()).resolves.toEqual([name]);
  });

  test('a short key is plain base64 PKCS#8', async () => {
    const { keychain, secrets } = setUp();
    await secrets.save(name, small);
    expect(keychain.entries.get(account)).toBe(small.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
  });

  test('the same key again writes nothing; another key under the same thumbprint is a bug and harms nothing', async () => {
    const { keychain, secrets } = setUp();
    await secrets.save(name, large);
    keychain.calls.length = 0;
    await secrets.save(name, large);
    expect(keychain.calls.filter((call) => !call.startsWith('get'))).toEqual([]);
    await expect(secrets.save(name, small)).rejects.toThrow('another key');
    expect((await secrets.load(name))?.equals(large)).toBe(true);
  });

  test('a keychain that does not keep what it was given is found out', async () => {
    const keychain = memoryKeychain();
    const forgetful: Keychain = { ...keychain, set: async (entry, value) => keychain.set(entry, value.slice(0, -4)) };
    await expect(createSecrets(forgetful).save(name, small)).rejects.toMatchObject({ code: 'vault.not-saved' });
  });

  test('parts of something older are removed', async () => {
    const { keychain, secrets } = setUp();
    keychain.entries.set(`${account}/1`, 'old').set(`${account}/3`, 'old');
    await secrets.save(name, large);
    expect([...keychain.entries.keys()].sort()).toEqual([account, `${account}/1`, `${account}/2`]);
    expect((await secrets.load(name))?.equals(large)).toBe(true);
  });

  test('two saves of one account do not interleave', async () => {
    const { keychain, secrets } = setUp();
    await Promise.all([secrets.save(name, large), secrets.forget(name), secrets.load(name)]);
    expect(keychain.entries.size).toBe(0);
  });
});

const damages: readonly (readonly [string, (entries: Map<string, string>) => unknown])[] = [
  ['a missing part', (entries) => entries.delete(`${account}/2`)],
  ['a foreign part', (entries) => entries.set(`${account}/2`, 'x'.repeat(entries.get(`${account}/2`)?.length ?? 0))],
  ['a missing header', (entries) => entries.delete(account)],
  ['a header of another format', (entries) => entries.set(account, '{"format":2}')],
  ['a header that is cut off', (entries) => entries.set(account, '{"format":1,')],
  ['a value that is no key', (entries) => entries.set(account, 'AAAA')],
];

describe('a secret that is broken', () => {
  test.for(damages)('by %s is reported and kept, and can be saved again', async ([, damage]) => {
    const { keychain, secrets } = setUp();
    await secrets.save(name, large);
    damage(keychain.entries);
    const before = new Map(keychain.entries);
    await expect(secrets.load(name)).rejects.toMatchObject({ code: 'vault.undecryptable', params: { thumbprint: name.thumbprint } });
    expect(keychain.entries).toEqual(before);
    await expect(secrets.list()).resolves.toEqual([name]);
    await secrets.save(name, large);
    expect((await secrets.load(name))?.equals(large)).toBe(true);
  });

  test('is not the same as one that is missing', async () => {
    await expect(setUp().secrets.load(name)).resolves.toBeNull();
  });
});

describe('forgetting', () => {
  test('removes every part and nothing of others', async () => {
    const { keychain, secrets } = setUp();
    const other = { ...name, thumbprint: 'F'.repeat(40) };
    await secrets.save(name, large);
    await secrets.save(other, small);
    await expect(secrets.forget(name)).resolves.toBe(true);
    await expect(secrets.forget(name)).resolves.toBe(false);
    expect([...keychain.entries.keys()]).toEqual([`${name.credentialId}/${other.thumbprint}`]);
  });
});

describe('orphans', () => {
  test('are found on both sides', async () => {
    const { secrets, keychain } = setUp();
    const [current, earlier, forgotten] = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)] as const;
    const healthy = sampleRecord({
      certificate: sampleCertificate({ thumbprint: current }),
      earlierCertificates: [sampleCertificate({ thumbprint: earlier })],
    });
    const keyless = sampleRecord({ certificate: sampleCertificate({ thumbprint: current }) });
    const handedOver = sampleRecord({ custody: 'external', certificate: sampleCertificate({ thumbprint: forgotten }) });
    await secrets.save({ credentialId: healthy.id, thumbprint: current }, small);
    await secrets.save({ credentialId: healthy.id, thumbprint: earlier }, small);
    await secrets.save({ credentialId: handedOver.id, thumbprint: forgotten }, small); // a crash before it was forgotten
    await secrets.save(name, large); // a crash before the record was stored
    keychain.entries.set('something else', 'not ours');
    expect(orphansOf(await secrets.list(), [healthy, keyless, handedOver])).toEqual({
      secretsWithoutRecord: [{ credentialId: handedOver.id, thumbprint: forgotten }, name],
      recordsWithoutSecret: [{ credentialId: keyless.id, thumbprint: current }],
    });
  });
});
