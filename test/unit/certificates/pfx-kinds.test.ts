import { createCipheriv, createHmac, generateKeyPairSync, pbkdf2Sync, randomBytes, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCertificate, readPfxFile } from '../../../main/certificates/index.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { validatedPfx } from '../../../main/certificates/read-pfx.ts';
import { bags, data, explicit, integer, nothing, objectId, octetString, pfxOfBags, sequence, tagged } from './der-writer.ts';
import { isInstalled } from '../../system.ts';
import { once, openssl, scratchFile } from './samples.ts';

const now = new Date('2026-12-01T12:00:00Z');
const password = 'Abc12345';
const fault = (code: string, params: object = {}) =>
  expect.objectContaining({ name: 'Fault', code, kind: 'input', params: expect.objectContaining(params) });
const day = (text: string) => new Date(`${text}T00:00:00Z`);

const make = (commonName: string, notBefore = day('2026-01-01'), notAfter = day('2028-01-01')) =>
  createCertificate({ commonName, keySize: 2048, notBefore, notAfter });
const one = once(() => make('one'));
const two = once(() => make('two'));
const pkcs8 = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' });
const read = (pfx: Uint8Array, secret: string, alias: string | null = null) =>
  validatedPfx({ path: 'x.pfx', door: 'pfx' }, openPfx(pfx, secret), alias, now).certificate.thumbprint;

const plain = async (secret: string | null | undefined) => {
  const { certificate, privateKey } = await one();
  return pfxOfBags([[bags.key(pkcs8(privateKey))], [bags.certificate(certificate.der)]], secret);
};

describe('the integrity check of a PFX', () => {
  it('may be made with no password at all, with an empty one, or be missing', async () => {
    const { thumbprint } = (await one()).certificate;
    for (const secret of [null, '', undefined]) expect(read(await plain(secret), '')).toBe(thumbprint);
  });

  it('knows letters with accents, composed or not', async () => {
    const { thumbprint } = (await one()).certificate;
    for (const secret of ['Käse-Straße', 'Ünïcødé 漢字', 'pässwort'.normalize('NFD')])
      expect(read(await plain(secret), secret.normalize('NFC'))).toBe(thumbprint);
    // OpenSSL before 1.1 took each octet of UTF-8 for a letter.
    expect(read(await plain(Buffer.from('pässwort').toString('latin1')), 'pässwort')).toBe(thumbprint);
    await expect(readPfxFile(scratchFile('x.pfx', await plain('pässwort')), 'passwort', now)).rejects.toEqual(
      fault('import.password-wrong'),
    );
  });

  it('may be PBMAC1', async () => {
    const { certificate, privateKey } = await one();
    const safe = sequence(data(sequence(bags.key(pkcs8(privateKey)))), data(sequence(bags.certificate(certificate.der))));
    const salt = randomBytes(16);
    const prf = sequence(objectId('1.2.840.113549.2.9'), nothing);
    const mac = createHmac('sha256', pbkdf2Sync(password, salt, 2048, 32, 'sha256'))
      .update(safe)
      .digest();
    const derivation = sequence(objectId('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(2048), integer(32), prf));
    const algorithm = sequence(objectId('1.2.840.113549.1.5.14'), sequence(derivation, prf));
    const check = sequence(sequence(algorithm, octetString(mac)), octetString(Buffer.from('unused')), integer(1));
    const pfx = sequence(integer(3), data(safe), check);
    expect(read(pfx, password)).toBe(certificate.thumbprint);
    await expect(readPfxFile(scratchFile('x.pfx', pfx), 'other', now)).rejects.toEqual(fault('import.password-wrong'));
  });
});

/** EncryptedPrivateKeyInfo with PBES2. */
function encryptedKey(key: Uint8Array, secret: Uint8Array, cipher: 'aes' | 'rc2'): Buffer {
  const [salt, iv] = [randomBytes(16), randomBytes(cipher === 'aes' ? 16 : 8)];
  const derived = pbkdf2Sync(secret, salt, 1000, cipher === 'aes' ? 32 : 16, 'sha1');
  const derivation = sequence(objectId('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(1000)));
  if (cipher === 'aes') {
    const encrypt = createCipheriv('aes-256-cbc', derived, iv);
    const scheme = sequence(objectId('2.16.840.1.101.3.4.1.42'), octetString(iv));
    return sequence(
      sequence(objectId('1.2.840.113549.1.5.13'), sequence(derivation, scheme)),
      octetString(encrypt.update(key), encrypt.final()),
    );
  }
  const encrypt = forge.rc2.createEncryptionCipher(derived.toString('binary'), 128);
  encrypt.start(iv.toString('binary'));
  encrypt.update(forge.util.createBuffer(Buffer.from(key).toString('binary')));
  encrypt.finish();
  const scheme = sequence(objectId('1.2.840.113549.3.2'), sequence(integer(58), octetString(iv)));
  return sequence(
    sequence(objectId('1.2.840.113549.1.5.13'), sequence(derivation, scheme)),
    octetString(Buffer.from(encrypt.output.getBytes(), 'binary')),
  );
}

describe('what encrypts a PFX', () => {
  it('may be PBES2 with RC2', async () => {
    const { certificate, privateKey } = await one();
    const key = encryptedKey(pkcs8(privateKey), Buffer.from(password), 'rc2');
    expect(read(pfxOfBags([[bags.shroudedKey(key)], [bags.certificate(certificate.der)]], password), password)).toBe(
      certificate.thumbprint,
    );
  });

  it.each(['utf8', 'latin1', 'utf16le'] as const)('takes a password with accents for PBES2 as %s', async (encoding) => {
    const { certificate, privateKey } = await one();
    const secret = 'Käse-Straße';
    const key = encryptedKey(pkcs8(privateKey), Buffer.from(secret, encoding), 'aes');
    expect(read(pfxOfBags([[bags.shroudedKey(key)], [bags.certificate(certificate.der)]], secret), secret)).toBe(certificate.thumbprint);
  });

  it.each([
    'PBE-SHA1-RC4-128',
    'PBE-SHA1-RC4-40',
    'PBE-SHA1-2DES',
    'PBE-SHA1-RC2-128',
    'PBE-SHA1-RC2-40',
    'PBE-MD5-DES',
    'PBE-SHA1-DES',
    'AES-192-CBC',
  ])('may be %s, as openssl writes it', async (name) => {
    if (!isInstalled('openssl')) return;
    const { certificate, privateKey } = await one();
    const pem = `${privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()}-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate.der).toString('base64')}\n-----END CERTIFICATE-----\n`;
    const path = scratchFile('x.pem', pem);
    openssl([
      'pkcs12',
      '-legacy',
      '-export',
      '-in',
      path,
      '-out',
      `${path}.pfx`,
      '-passout',
      `pass:${password}`,
      '-keypbe',
      name,
      '-certpbe',
      name,
      '-macalg',
      'sha512',
    ]);
    expect((await readPfxFile(`${path}.pfx`, password, now)).certificate.thumbprint).toBe(certificate.thumbprint);
  });
});

describe('a PFX is opened', () => {
  it('with bytes behind it, and in BER with lengths left open and contents in pieces', async () => {
    const { certificate, privateKey } = await one();
    const open = (tag: number, ...contents: readonly Uint8Array[]) =>
      Buffer.concat([Buffer.from([tag, 0x80]), ...contents, Buffer.alloc(2)]);
    const safe = sequence(data(sequence(bags.key(pkcs8(privateKey)), bags.certificate(certificate.der))));
    const pieces = open(0x24, octetString(safe.subarray(0, 100)), octetString(safe.subarray(100)));
    const pfx = open(0x30, integer(3), open(0x30, objectId('1.2.840.113549.1.7.1'), open(0xa0, pieces)));
    for (const behind of ['', '00', '0d0a', '000000000000', 'ffff'])
      expect(
        (await readPfxFile(scratchFile('x.pfx', Buffer.concat([pfx, Buffer.from(behind, 'hex')])), '', now)).certificate.thumbprint,
      ).toBe(certificate.thumbprint);
  });

  it('with bags that nobody knows, and bags within bags', async () => {
    const { certificate, privateKey } = await one();
    const unknown = sequence(objectId('1.2.3.4'), explicit(0, integer(1)));
    const pfx = pfxOfBags(
      [[bags.secret(), unknown, bags.nested(bags.nested(bags.key(pkcs8(privateKey))))], [bags.certificate(certificate.der)]],
      password,
    );
    expect(read(pfx, password)).toBe(certificate.thumbprint);
  });

  it('as base64 text, in PEM armour, and in UTF-16', async () => {
    const base64 = (await plain(password)).toString('base64');
    const { thumbprint } = (await one()).certificate;
    const forms = [
      base64,
      `-----BEGIN PKCS12-----\n${base64}\n-----END PKCS12-----\n`,
      Buffer.from(`\uFEFF${base64}`, 'utf16le'),
      `"${base64}"\n`,
    ];
    for (const form of forms)
      expect((await readPfxFile(scratchFile('x.pfx', form), password, now)).certificate.thumbprint).toBe(thumbprint);
  });
});

describe('the right one of several', () => {
  it('is the one that the file names, else the one in its time that ends last', async () => {
    const { privateKey, certificate: first } = await one();
    const keys = { publicKey: (await import('node:crypto')).createPublicKey(privateKey), privateKey };
    const { certifyKeyPair } = await import('../../../main/certificates/index.ts');
    const certify = (from: string, to: string) => certifyKeyPair({ commonName: 'again', notBefore: day(from), notAfter: day(to) }, keys);
    const [over, longest, later] = await Promise.all([
      certify('2020-01-01', '2026-06-01'),
      certify('2026-02-01', '2028-06-01'),
      certify('2027-06-01', '2030-01-01'),
    ]);
    const all = [over, first, longest, later].map(({ der }, index) => bags.certificate(der, { localKeyId: Buffer.from([index]) }));
    const pfx = (names: object) => pfxOfBags([[bags.key(pkcs8(privateKey), names)], all], password);
    expect(read(pfx({}), password)).toBe(longest.thumbprint);
    expect(read(pfx({ localKeyId: Buffer.from([1]) }), password)).toBe(first.thumbprint);
    expect(read(pfx({ localKeyId: Buffer.from([9]) }), password)).toBe(longest.thumbprint);
    expect(read(pfx({}), password, first.thumbprint.toLowerCase().replaceAll(/(..)(?=.)/g, '$1:'))).toBe(first.thumbprint);
    // Named by the file or by the administrator, and over: that is said, not another one taken.
    expect(() => read(pfx({ localKeyId: Buffer.from([0]) }), password)).toThrow(fault('certificate.expired'));
  });

  it('has to be said where there are several keys, by name or thumbprint', async () => {
    const [first, second] = await Promise.all([one(), two()]);
    const pfx = pfxOfBags(
      [
        [bags.key(pkcs8(first.privateKey), { name: 'Archive' }), bags.key(pkcs8(second.privateKey), { name: 'Köln' })],
        [bags.certificate(second.certificate.der), bags.certificate(first.certificate.der)],
      ],
      password,
    );
    const keys = `Archive (${first.certificate.thumbprint}); Köln (${second.certificate.thumbprint})`;
    expect(() => read(pfx, password)).toThrow(fault('import.pfx-with-keys', { count: 2, keys, path: 'x.pfx' }));
    expect(read(pfx, password, 'archive')).toBe(first.certificate.thumbprint);
    expect(read(pfx, password, 'Köln')).toBe(second.certificate.thumbprint);
    expect(read(pfx, password, second.certificate.thumbprintSha256)).toBe(second.certificate.thumbprint);
    expect(() => read(pfx, password, 'nobody')).toThrow(fault('import.alias-unknown', { alias: 'nobody', keys }));
  });

  it('is clear where but one of the keys has a certificate, or a key stands there twice', async () => {
    const [first, second] = await Promise.all([one(), two()]);
    const key = bags.key(pkcs8(first.privateKey));
    const pfx = pfxOfBags([[key, key, bags.key(pkcs8(second.privateKey))], [bags.certificate(first.certificate.der)]], password);
    expect(read(pfx, password)).toBe(first.certificate.thumbprint);
  });
});

describe('a PFX is refused', () => {
  it('where it holds no key, or the certificate of another', async () => {
    const [first, second] = await Promise.all([one(), two()]);
    expect(() => read(pfxOfBags([[bags.certificate(first.certificate.der)]], password), password)).toThrow(fault('import.pfx-without-key'));
    const other = pfxOfBags([[bags.key(pkcs8(second.privateKey)), bags.certificate(first.certificate.der)]], password);
    expect(() => read(other, password)).toThrow(fault('import.key-mismatch', { door: 'pfx' }));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(() => read(pfxOfBags([[bags.key(pkcs8(privateKey)), bags.certificate(first.certificate.der)]], password), password)).toThrow(
      fault('import.key-mismatch'),
    );
  });

  it.each([5_000_001, 2 ** 31, 2 ** 40])('where it asks for %d rounds, with the count', async (iterations) => {
    const safe = data(sequence(data(sequence())));
    const check = sequence(
      sequence(sequence(objectId('1.3.14.3.2.26'), nothing), octetString(Buffer.alloc(20))),
      octetString(Buffer.alloc(8)),
      integer(iterations),
    );
    await expect(readPfxFile(scratchFile('x.pfx', sequence(integer(3), safe, check)), password, now)).rejects.toEqual(
      fault('import.pfx-iterations', { iterations }),
    );
  });

  it('where scrypt wants more memory than anybody has', () => {
    const scrypt = sequence(
      objectId('1.3.6.1.4.1.11591.4.11'),
      sequence(octetString(Buffer.alloc(8)), integer(2 ** 30), integer(8), integer(1)),
    );
    const scheme = sequence(objectId('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16)));
    const key = sequence(sequence(objectId('1.2.840.113549.1.5.13'), sequence(scrypt, scheme)), octetString(Buffer.alloc(32)));
    expect(() => read(pfxOfBags([[bags.shroudedKey(key)]], password), password)).toThrow(fault('import.pfx-iterations'));
  });

  it('at once when the work is cancelled, and after its limit', async () => {
    const { certificate } = await one();
    const safe = data(sequence(data(sequence(bags.certificate(certificate.der)))));
    // As many rounds as are computed at all, and several readings of the password: seconds of work.
    const check = sequence(
      sequence(sequence(objectId('2.16.840.1.101.3.4.2.3'), nothing), octetString(Buffer.alloc(64))),
      octetString(Buffer.alloc(8)),
      integer(5_000_000),
    );
    const path = scratchFile('x.pfx', sequence(integer(3), safe, check));
    const cancelled = new AbortController();
    const reading = readPfxFile(path, 'Käse', now, { signal: cancelled.signal });
    setTimeout(() => cancelled.abort(), 50);
    await expect(reading).rejects.toEqual(expect.objectContaining({ code: 'interrupted' }));
    await expect(readPfxFile(path, 'Käse', now, { signal: AbortSignal.abort() })).rejects.toEqual(
      expect.objectContaining({ code: 'interrupted' }),
    );
    await expect(readPfxFile(path, 'Käse', now, { limit: 100 })).rejects.toEqual(fault('import.pfx-too-slow', { path }));
  });

  it('where it is protected by accounts of a domain, or signed', async () => {
    const enveloped = sequence(integer(3), data(sequence(sequence(objectId('1.2.840.113549.1.7.3'), explicit(0, sequence(integer(0)))))));
    const signed = sequence(integer(3), sequence(objectId('1.2.840.113549.1.7.2'), explicit(0, sequence(integer(1)))));
    for (const pfx of [enveloped, signed, sequence(integer(3), tagged(0x30))])
      await expect(readPfxFile(scratchFile('x.pfx', pfx), password, now)).rejects.toEqual(fault('import.pfx-invalid'));
  });
});

beforeEach(async () => {
  await Promise.all([one(), two()]);
});
