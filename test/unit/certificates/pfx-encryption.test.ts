import { createHash, generateKeyPairSync, pbkdf2Sync, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Malformed, octets, parts, readElement } from '../../../main/certificates/ber.ts';
import { decrypted } from '../../../main/certificates/pfx-ciphers.ts';
import {
  decryptedBy,
  derivedKey,
  functionOf,
  iterationsOf,
  mostIterations,
  TooManyIterations,
} from '../../../main/certificates/pfx-encryption.ts';
import { secretsOf } from '../../../main/certificates/pfx-secrets.ts';
import { integer, nothing, objectId, octetString, sequence } from './der-writer.ts';
import { once, openssl } from './samples.ts';

const password = 'Abc12345';
const [secret] = secretsOf(password);
const [other] = secretsOf('Abc12346');
if (secret === undefined || other === undefined) throw new Error('no secret');

const key = once(() => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'der', type: 'pkcs8' }));
const rsa = '1.2.840.113549.';
const salt = Buffer.from('0123456789abcdef');

/** An EncryptedPrivateKeyInfo (RFC 5958, section 3): how it is encrypted, and what. */
function encryptedBy(...how: readonly string[]) {
  const legacy = ['-provider', 'default', '-provider', 'legacy'];
  const der = openssl(['pkcs8', '-topk8', '-inform', 'DER', '-outform', 'PEM', ...how, '-passout', `pass:${password}`, ...legacy], key());
  const [algorithm, data] = parts(readElement(Buffer.from(der.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64')));
  if (algorithm === undefined || data === undefined) throw new Error('not encrypted');
  return { algorithm, data: octets(data) };
}

/** One algorithm and its parameters. */
const algorithm = (identifier: string, ...parameters: readonly Uint8Array[]) =>
  readElement(sequence(objectId(identifier), ...(parameters.length === 0 ? [] : [sequence(...parameters)])));

describe('what a password has encrypted', () => {
  it.each([
    'PBE-MD5-DES',
    'PBE-SHA1-DES',
    'PBE-MD5-RC2-64',
    'PBE-SHA1-RC2-64',
    'PBE-SHA1-RC4-128',
    'PBE-SHA1-RC4-40',
    'PBE-SHA1-3DES',
    'PBE-SHA1-2DES',
    'PBE-SHA1-RC2-128',
    'PBE-SHA1-RC2-40',
  ])('is read as OpenSSL has written it: %s', (name) => {
    const { algorithm: how, data } = encryptedBy('-v1', name);
    expect(decryptedBy(how, secret, data)).toEqual(key());
    // A cipher without padding takes whatever it is given.
    if (!name.includes('RC4')) expect(decryptedBy(how, other, data)?.equals(key()) ?? false).toBe(false);
  });

  it.each([
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3', 'des-cbc', 'rc2-cbc'].map((cipher) => ['-v2', cipher]),
    ...['SHA1', 'SHA224', 'SHA384', 'SHA512'].map((digest) => ['-v2', 'aes-256-cbc', '-v2prf', `hmacWith${digest}`]),
    ['-scrypt', '-v2', 'aes-256-cbc'],
    ['-scrypt', '-scrypt_N', '1024', '-scrypt_r', '4', '-scrypt_p', '2', '-v2', 'aes-128-cbc'],
  ])('is read as OpenSSL has written it: %s %s %s %s', (...how) => {
    const { algorithm: scheme, data } = encryptedBy(...how.filter((each) => each !== undefined));
    expect(decryptedBy(scheme, secret, data)).toEqual(key());
    expect(decryptedBy(scheme, other, data)?.equals(key()) ?? false).toBe(false);
  });

  const derivation = sequence(objectId(`${rsa}1.5.12`), sequence(octetString(salt), integer(2)));
  const rc2 = (...parameters: readonly Uint8Array[]) => sequence(objectId(`${rsa}3.2`), sequence(...parameters));

  it.each([
    ['an unknown algorithm', algorithm('1.2.3', octetString(salt), integer(1))],
    ['without parameters', algorithm(`${rsa}1.12.1.3`)],
    ['with no salt', algorithm(`${rsa}1.12.1.3`, integer(1), integer(1))],
    ['PBES2 without a scheme', algorithm(`${rsa}1.5.13`, derivation)],
    ['PBES2 of nothing', algorithm(`${rsa}1.5.13`)],
    ['PBES2 with an unknown cipher', algorithm(`${rsa}1.5.13`, derivation, sequence(objectId('1.2.3'), octetString(salt)))],
    ['PBES2 with a cipher without parameters', algorithm(`${rsa}1.5.13`, derivation, sequence(objectId('2.16.840.1.101.3.4.1.42')))],
    ['RC2 of no bits', algorithm(`${rsa}1.5.13`, derivation, rc2(integer(0), octetString(salt.subarray(0, 8))))],
    ['RC2 of 1,025 bits', algorithm(`${rsa}1.5.13`, derivation, rc2(integer(1025), octetString(salt.subarray(0, 8))))],
  ])('is refused as malformed: %s', (_, how) => {
    expect(() => decryptedBy(how, secret, Buffer.alloc(16))).toThrow(Malformed);
  });

  it('is nothing where it is no whole block', () => {
    const aes = { key: Buffer.alloc(32), iv: Buffer.alloc(16) };
    const des = { key: Buffer.alloc(8), iv: Buffer.alloc(8) };
    for (const length of [0, 8, 17]) expect(decrypted('aes-256-cbc', aes, Buffer.alloc(length))).toBeNull();
    for (const length of [0, 7]) expect(decrypted('des-cbc', des, Buffer.alloc(length))).toBeNull();
  });
});

describe('a key from a password', () => {
  const derive = (parameters: readonly Uint8Array[], length: number | null, identifier = `${rsa}1.5.12`) =>
    derivedKey(algorithm(identifier, ...parameters), secret, length);

  it('has the length that is asked for, else the one that is told', () => {
    const told = [octetString(salt), integer(3), integer(24)];
    const expected = (length: number) => pbkdf2Sync(password, salt, 3, length, 'sha1');
    expect(derive(told, 16)).toEqual(expected(16));
    expect(derive(told, null)).toEqual(expected(24));
    expect(derive([octetString(salt), integer(3), integer(64)], null)).toEqual(expected(64));
  });

  it.each([
    ['without a length', [octetString(salt), integer(3)], null],
    ['of no length', [octetString(salt), integer(3), integer(0)], null],
    ['that is too long', [octetString(salt), integer(3), integer(65)], null],
    ['by an unknown function', [octetString(salt), integer(3), sequence(objectId('1.2.3'), nothing)], 16],
  ])('is refused as malformed: %s', (_, parameters, length) => {
    expect(() => derive(parameters, length)).toThrow(Malformed);
  });

  it('comes from known derivations alone', () => {
    expect(() => derive([octetString(salt), integer(3)], 16, '1.2.3')).toThrow(Malformed);
    expect(() => derivedKey(algorithm(`${rsa}1.5.12`), secret, 16)).toThrow(Malformed);
    expect(functionOf(undefined)).toBe('sha1');
  });

  it('costs no more than anybody has: rounds, memory, lanes', () => {
    const scrypt = (cost: number, block: number, lanes: number) => () =>
      derive([octetString(salt), integer(cost), integer(block), integer(lanes)], null, '1.3.6.1.4.1.11591.4.11');
    expect(scrypt(16, 1, 16)()).toEqual(scryptSync(password, salt, 32, { cost: 16, blockSize: 1, parallelization: 16 }));
    expect(scrypt(16, 1, 17)).toThrow(expect.objectContaining({ iterations: 16 * 17 }));
    expect(scrypt(2 ** 19, 8, 1)).toThrow(TooManyIterations);
    expect(scrypt(8, 2 ** 19, 1)).toThrow(TooManyIterations);
    expect(iterationsOf(readElement(integer(mostIterations)))).toBe(mostIterations);
    expect(() => iterationsOf(readElement(integer(mostIterations + 1)))).toThrow(TooManyIterations);
    expect(iterationsOf(readElement(integer(0)))).toBe(1);
  });

  it('of the oldest kind is hashed as often as it says', () => {
    const rounds = (count: number) => {
      let step = Buffer.concat([Buffer.from(password), salt.subarray(0, 8)]);
      for (let round = 0; round < count; round += 1) step = createHash('md5').update(step).digest();
      return step;
    };
    const how = (count: number) => algorithm(`${rsa}1.5.3`, octetString(salt.subarray(0, 8)), integer(count));
    const data = Buffer.alloc(24);
    const by = (count: number) => decrypted('des-cbc', { key: rounds(count).subarray(0, 8), iv: rounds(count).subarray(8, 16) }, data);
    for (const count of [1, 2, 3]) expect(decryptedBy(how(count), secret, data)).toEqual(by(count));
  });
});
