import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { practiceKeychain } from '../../../main/vault/index.ts';
import { privateFile } from '../../system.ts';
import { scratch } from './samples.ts';

function practiceFolder(): string {
  const directory = join(scratch(), 'practice');
  mkdirSync(directory);
  return directory;
}

test('keeps entries in one file that says what it is, for this user only', async () => {
  const directory = practiceFolder();
  const keychain = practiceKeychain(directory);
  await keychain.set('a', 'one');
  await keychain.set('a', 'two');
  await keychain.set('b/1', 'three');
  expect([await keychain.get('a'), await keychain.get('b/1'), await keychain.get('c')]).toEqual(['two', 'three', null]);
  await expect(keychain.accounts()).resolves.toEqual(['a', 'b/1']);
  expect([await keychain.delete('a'), await keychain.delete('a')]).toEqual([true, false]);
  await expect(practiceKeychain(directory).accounts()).resolves.toEqual(['b/1']);
  expect(readdirSync(directory)).toEqual(['PRACTICE-SECRETS-not-a-keychain.sqlite']);
  expect(statSync(join(directory, 'PRACTICE-SECRETS-not-a-keychain.sqlite')).mode & 0o777).toBe(privateFile);
});

test('refuses every other folder, so that no real key can end in it', () => {
  const directory = scratch();
  expect(() => practiceKeychain(directory)).toThrow(expect.objectContaining({ code: 'vault.practice-only', params: { path: directory } }));
  expect(() => practiceKeychain(join(directory, 'practice', '..'))).toThrow(expect.objectContaining({ code: 'vault.practice-only' }));
  expect(readdirSync(directory)).toEqual([]);
});

test('a folder that is gone is an unavailable keychain', async () => {
  await expect(practiceKeychain(join(scratch(), 'practice')).set('a', 'b')).rejects.toMatchObject({ code: 'vault.unavailable' });
});
