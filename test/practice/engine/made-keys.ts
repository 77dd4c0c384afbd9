import { vi } from 'vitest';
import type { KeyPair, KeySize } from '../../../main/certificates/create.ts';

/*
 * The key pairs of the tests of one file: made when they are first needed and used again by the next test, because making
 * them is half of what a connection takes. Within a test no two are the same.
 */
const made = new Map<KeySize, Promise<KeyPair>[]>();
const given = new Map<KeySize, number>();

/** Before each test: what others have used may be used again. */
export const useKeysAgain = (): void => given.clear();

vi.mock(import('../../../main/certificates/create.ts'), async (load) => {
  const real = await load();
  const createKeyPair = (keySize: KeySize): Promise<KeyPair> => {
    const number = given.get(keySize) ?? 0;
    const pairs = made.get(keySize) ?? [];
    given.set(keySize, number + 1);
    made.set(keySize, pairs);
    return (pairs[number] ??= real.createKeyPair(keySize));
  };
  return { ...real, createKeyPair };
});
