import { createHash, createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { Malformed, oid, parts, readElement, tags, type Element } from '../../../main/certificates/ber.ts';
import { compatiblePfx } from '../../../main/certificates/pfx-compatible.ts';
import { modernPfx } from '../../../main/certificates/pfx-modern.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { once, ours } from './samples.ts';

const password = 'correct horse "battery" ~ staple';
const friendlyName = 'Archiv Köln';
const made = once(async () => {
  const [{ certificate, privateKey }, issuer, root] = await Promise.all([ours(), ours('Issuer'), ours('Root')]);
  return {
    certificate: certificate.der,
    chain: [issuer.certificate.der, root.certificate.der],
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
});

const build = { modern: modernPfx, compatible: compatiblePfx } as const;

async function pfx(encryption: keyof typeof build) {
  const work = { ...(await made()), password, encryption, friendlyName };
  const localKeyId = createHash('sha1').update(work.certificate).digest();
  return { work, localKeyId, bytes: await build[encryption](work, localKeyId) };
}
const madeOnce = { modern: once(() => pfx('modern')), compatible: once(() => pfx('compatible')) };

beforeAll(async () => {
  await Promise.all(Object.values(madeOnce).map((make) => make()));
});

/** Every identifier and every small number of a structure in the order in which they stand, also within octet strings that are structures. */
function toldIn(element: Element): (string | number)[] {
  if (element.tag === tags.objectIdentifier) return [oid(element)];
  if (element.tag === tags.integer && element.contents.length < 5) return [Number(`0x${Buffer.from(element.contents).toString('hex')}`)];
  if ((element.tag & 0x20) !== 0) return parts(element).flatMap(toldIn);
  if (element.tag !== tags.octetString || element.contents[0] !== tags.sequence) return [];
  try {
    const inside = readElement(element.contents);
    return inside.bytes.length === element.contents.length ? toldIn(inside) : [];
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

const oids = {
  encryptedData: '1.2.840.113549.1.7.6',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256: '2.16.840.1.101.3.4.1.42',
  tripleDes: '1.2.840.113549.1.12.1.3',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  certificate: '1.2.840.113549.1.12.10.1.3',
};
const keyProvider = Buffer.from('Microsoft Software Key Storage Provider', 'utf16le').swap16();

describe.each(['modern', 'compatible'] as const)('a %s PFX', (encryption) => {
  it('holds the key and the certificates as they were given, the first with the names of its key, those above it without', async () => {
    const { work, localKeyId, bytes } = await madeOnce[encryption]();
    const names = { localKeyId: localKeyId.toString('hex'), name: friendlyName };
    const answer = openPfx(bytes, password);
    if (!('contents' in answer)) throw new Error(answer.reason);
    const { keys, certificates } = answer.contents;
    expect(keys.map(({ localKeyId: id, name }) => ({ localKeyId: id, name }))).toEqual([names]);
    const [key] = keys;
    const opened = createPrivateKey({ key: Buffer.from(key?.der ?? []), format: 'der', type: 'pkcs8' });
    expect(opened.equals(createPrivateKey({ key: work.privateKey, format: 'der', type: 'pkcs8' }))).toBe(true);
    const nameless = { localKeyId: null, name: null };
    expect(certificates.map(({ der, ...told }) => ({ der: Buffer.from(der), ...told }))).toEqual([
      { der: Buffer.from(work.certificate), ...names },
      ...work.chain.map((der) => ({ der: Buffer.from(der), ...nameless })),
    ]);
    expect(openPfx(bytes, 'another')).toMatchObject({ refused: 'password' });
  });

  it('opens in a reader that is not ours, with its password alone', async () => {
    const { bytes } = await madeOnce[encryption]();
    expect(() => createSecureContext({ pfx: Buffer.from(bytes), passphrase: password })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(bytes), passphrase: 'another' })).toThrow();
  });

  it('names the provider of Windows for its key, and for nothing else', async () => {
    const { bytes } = await madeOnce[encryption]();
    const whole = Buffer.from(bytes);
    expect(whole.indexOf(keyProvider)).toBeGreaterThan(-1);
    expect(whole.indexOf(keyProvider)).toBe(whole.lastIndexOf(keyProvider));
  });
});

describe('what protects the contents', () => {
  it('of a modern one is AES-256 with SHA-256 throughout, of the certificates too, after 100,000 rounds', async () => {
    const { bytes } = await madeOnce.modern();
    const told = toldIn(readElement(bytes));
    const derived = told.flatMap((each, at) => (each === oids.pbes2 ? [told.slice(at + 1, at + 5)] : []));
    const scheme = [oids.pbkdf2, 100_000, oids.hmacSha256, oids.aes256];
    expect(derived).toEqual([scheme, scheme]);
    expect(told.filter((each) => each === oids.encryptedData)).toHaveLength(1);
    expect(told).not.toContain(oids.certificate);
    expect(told.slice(-2)).toEqual([oids.sha256, 100_000]);
  });

  it('of a compatible one is Triple DES with SHA-1 of the key alone, which everything reads', async () => {
    const { bytes } = await madeOnce.compatible();
    const told = toldIn(readElement(bytes));
    expect(told.filter((each) => each === oids.tripleDes)).toHaveLength(1);
    expect(told[told.indexOf(oids.tripleDes) + 1]).toBe(50_000);
    expect(told).not.toContain(oids.encryptedData);
    expect(told.filter((each) => each === oids.certificate)).toHaveLength(3);
    expect(told.slice(-2)).toEqual([oids.sha1, 50_000]);
  });
});
