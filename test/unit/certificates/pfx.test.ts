import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { checkKeyMatches, createPfx, createRequest, readCertificate, readPfxFile } from '../../../main/certificates/index.ts';
import { authority } from './authority.ts';
import { requireProgram } from '../../system.ts';
import { once, openssl, ours, requirePython, said, scratchFile, sharedFolder } from './samples.ts';

const password = 'correct horse "battery" ~ staple';
const kinds = ['modern', 'compatible'] as const;

type Kind = (typeof kinds)[number];

const made = once(() => ours('MailStore Server', 3072));
const another = once(() => ours());
const shared = sharedFolder();

/** One of each kind for all tests: keys and key derivation take time. */
function onceOfEach<T>(make: (encryption: Kind) => Promise<T>): (encryption: Kind) => Promise<T> {
  const each = { modern: once(() => make('modern')), compatible: once(() => make('compatible')) };
  return (encryption) => each[encryption]();
}

const sample = onceOfEach(async (encryption) => {
  const { certificate, privateKey } = await made();
  const pfx = await createPfx({ certificate, privateKey, password, encryption, friendlyName: 'Contoso archive' });
  const path = join(shared, `${encryption}.pfx`);
  writeFileSync(path, pfx);
  return { certificate, privateKey, pfx, path };
});

describe.each(kinds)('a %s PFX', (encryption) => {
  it.each([[[]], [['-legacy']]])('gives certificate and key to openssl %s', async (legacy) => {
    const { path, certificate, privateKey } = await sample(encryption);
    const pem = openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', ...legacy]);
    expect(readCertificate(Buffer.from(/-----BEGIN CERTIFICATE-----[^]*END CERTIFICATE-----/.exec(pem)?.[0] ?? '')).thumbprint).toBe(
      certificate.thumbprint,
    );
    expect(createPrivateKey(pem).equals(privateKey)).toBe(true);
    expect(pem).toMatch(/friendlyName: Contoso archive/);
    expect(pem.match(/localKeyID/g)).toHaveLength(2);
  });

  it('opens in Node’s TLS, and not with another password', async () => {
    const { pfx } = await sample(encryption);
    expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase: password })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase: 'wrong' })).toThrow();
  });

  it('is never made with another certificate’s key', async () => {
    const [one, two] = await Promise.all([made(), another()]);
    const request = { certificate: one.certificate, privateKey: two.privateKey, password, encryption, friendlyName: 'x' };
    await expect(createPfx(request)).rejects.toEqual(expect.objectContaining({ code: 'bug' }));
  });

  it('leaves the caller’s key usable and the caller at work', async () => {
    const mine = await another();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await createPfx({ ...mine, password, encryption, friendlyName: 'x' }).finally(() => clearInterval(timer));
    expect(turns).toBeGreaterThan(10);
    expect(checkKeyMatches(mine.certificate, mine.privateKey)).toBe(true);
  });

  it('opens in Java’s keytool', async () => {
    requireProgram('keytool');
    const { certificate, privateKey } = await another();
    const pfx = await createPfx({ certificate, privateKey, password, encryption, friendlyName: 'Archiv Köln 株式会社 😀' });
    const utf8 = ['-J-Dfile.encoding=UTF-8', '-J-Dsun.stdout.encoding=UTF-8', '-J-Dstdout.encoding=UTF-8'];
    const text = execFileSync(
      'keytool',
      ['-list', '-v', '-storetype', 'PKCS12', '-keystore', scratchFile('x.pfx', pfx), '-storepass', password, ...utf8],
      { encoding: 'utf8' },
    );
    expect(text).toMatch(/PrivateKeyEntry/);
    expect(text.replaceAll(':', '')).toContain(certificate.thumbprint);
    // Java shows the friendly name as the alias, in small letters.
    expect(text).toContain('archiv köln 株式会社 😀');
  });

  it.each([
    ['', 'certificate.password-empty'],
    ['pässwort', 'certificate.password-not-ascii'],
    ['tab\tbed', 'certificate.password-not-ascii'],
  ])('refuses the password %j', async (bad, code) => {
    await expect(createPfx({ ...(await another()), password: bad, encryption, friendlyName: 'x' })).rejects.toEqual(
      expect.objectContaining({ code }),
    );
  });
});

/** A certificate that an authority of two floors signed. */
const signedLeaf = once(async () => {
  const { privateKey } = await another();
  const { sign, intermediate, root } = authority(shared);
  const [leaf, ...above] = [sign(await createRequest('MailStore Server', privateKey)), intermediate, root].map((path) =>
    readCertificate(readFileSync(path)),
  );
  if (leaf === undefined) throw new Error('no certificate');
  return { leaf, chain: above.map(({ der }) => der), privateKey };
});

/** The same in a PFX with all three. */
const chained = onceOfEach(async (encryption) => {
  const { leaf, chain, privateKey } = await signedLeaf();
  const pfx = await createPfx({ certificate: leaf, chain, privateKey, password, encryption, friendlyName: 'Contoso archive' });
  const path = join(shared, `${encryption}-chain.pfx`);
  writeFileSync(path, pfx);
  return { leaf, chain, privateKey, pfx, path };
});

const pem = /-----BEGIN CERTIFICATE-----[^]*?END CERTIFICATE-----/g;

describe.each(kinds)('the chain in a %s PFX', (encryption) => {
  it.each([[[]], [['-legacy']]])('is there for openssl %s, and the key is named for the first only', async (legacy) => {
    const { path, leaf, chain } = await chained(encryption);
    const text = openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', ...legacy]);
    const found = (text.match(pem) ?? []).map((each) => Buffer.from(readCertificate(Buffer.from(each)).der));
    expect(found).toEqual([leaf.der, ...chain].map((der) => Buffer.from(der)));
    expect(text.match(/localKeyID/g)).toHaveLength(2);
    expect(openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', '-clcerts', ...legacy]).match(pem)).toHaveLength(1);
  });

  it('is that of the key in Java’s keytool', async () => {
    requireProgram('keytool');
    const { path } = await chained(encryption);
    const text = execFileSync(
      'keytool',
      ['-list', '-v', '-storetype', 'PKCS12', '-keystore', path, '-storepass', password, '-J-Duser.language=en'],
      { encoding: 'utf8' },
    );
    expect(text).toMatch(/contains 1 entry[^]*Certificate chain length: 3/);
  });

  it('opens with Python’s cryptography, which signs with the key', async () => {
    requirePython('cryptography');
    const { path, leaf, chain } = await chained(encryption);
    const script = `import sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs12
opened = pkcs12.load_pkcs12(open(sys.argv[1], 'rb').read(), sys.argv[2].encode())
signature = opened.key.sign(b'x', padding.PKCS1v15(), hashes.SHA256())
opened.cert.certificate.public_key().verify(signature, b'x', padding.PKCS1v15(), hashes.SHA256())
print(opened.cert.friendly_name.decode())
for each in [opened.cert, *opened.additional_certs]: print(each.certificate.fingerprint(hashes.SHA256()).hex().upper())`;
    const [name, first, ...others] = execFileSync('python3', ['-c', script, path, password], { encoding: 'utf8' }).trim().split('\n');
    expect([name, first]).toEqual(['Contoso archive', leaf.thumbprintSha256]);
    expect(others.toSorted()).toEqual(chain.map((der) => readCertificate(Buffer.from(der)).thumbprintSha256).toSorted());
  });

  it('comes back when we read it ourselves', async () => {
    const { path, leaf, chain } = await chained(encryption);
    const read = await readPfxFile(path, password, new Date());
    expect(read.certificate.thumbprint).toBe(leaf.thumbprint);
    expect(read.chain.map((der) => Buffer.from(der))).toEqual(chain.map((der) => Buffer.from(der)));
  });

  it('goes beside a key for which Windows takes its CNG provider', async () => {
    const { path } = await chained(encryption);
    const text = openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', '-nocerts']);
    expect(text).toMatch(/Microsoft CSP Name: Microsoft Software Key Storage Provider/);
    expect(openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes', '-nokeys'])).not.toMatch(/Microsoft CSP Name/);
  });
});

describe('what protects the contents', () => {
  it('is AES-256 with SHA-256 in a modern one', async () => {
    const { path } = await sample('modern');
    const text = said(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-info', '-noout']);
    expect(text).toMatch(/MAC: sha256, Iteration 100000/);
    expect(text.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256/g)).toHaveLength(2);
  });

  it('is Triple DES in a compatible one', async () => {
    const { path } = await sample('compatible');
    const text = said(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-info', '-noout', '-legacy']);
    expect(text).toMatch(/pbeWithSHA1And3-KeyTripleDES-CBC/);
  });
});
