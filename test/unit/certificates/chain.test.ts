import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import { chainAbove, isOfKey } from '../../../main/certificates/chain.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { foundCertificate, type FoundCertificate } from '../../../main/certificates/x509.ts';
import { casePath } from './cases.ts';
import { ours } from './samples.ts';

const found = (der: Uint8Array): FoundCertificate => {
  const read = foundCertificate(der);
  if (read === null) throw new Error('no certificate');
  return read;
};

/** A certificate and the authority that signed it, which signed itself. */
function signed(): readonly [leaf: FoundCertificate, issuer: FoundCertificate] {
  const answer = openPfx(readFileSync(casePath('05-chain-sigalg-without-null.pfx')), 'Abc12345');
  if (!('contents' in answer)) throw new Error(answer.reason);
  const all = answer.contents.certificates.map(({ der }) => found(der));
  const leaf = all.find(({ x509 }) => x509.subject === 'CN=leaf.contoso.example');
  const issuer = all.find(({ x509 }) => x509.subject === x509.issuer);
  if (leaf === undefined || issuer === undefined) throw new Error('no chain');
  return [leaf, issuer];
}
const named = async (commonName: string) => found((await ours(commonName)).certificate.der);
/** Keys of authorities, by name. */
const keys = ['A', 'B', 'C'].map((name) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [own, open] = [privateKey.export({ type: 'pkcs8', format: 'pem' }), publicKey.export({ type: 'spki', format: 'pem' })];
  return [name, { own: forge.pki.privateKeyFromPem(String(own)), open: forge.pki.publicKeyFromPem(String(open)) }] as const;
});
const keyOf = new Map(keys);

/** A certificate that names its issuer by name alone, as old ones do. */
function certified(subject: string, key: string, issuer: string, signer: string): FoundCertificate {
  const [own, by] = [keyOf.get(key), keyOf.get(signer)];
  if (own === undefined || by === undefined) throw new Error('no such key');
  const made = forge.pki.createCertificate();
  made.publicKey = own.open;
  made.validity.notBefore = new Date('2026-01-01');
  made.validity.notAfter = new Date('2028-01-01');
  made.setSubject([{ name: 'commonName', value: subject }]);
  made.setIssuer([{ name: 'commonName', value: issuer }]);
  made.sign(by.own, forge.md.sha256.create());
  return found(Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(made)).getBytes(), 'binary'));
}

const subjectsAbove = (leaf: FoundCertificate, all: readonly FoundCertificate[]) =>
  chainAbove(leaf, all).map((der) => found(der).x509.subject);

describe('the chain above a certificate', () => {
  it('is who signed it, wherever that stands, and nobody else of the file', async () => {
    const [leaf, issuer] = signed();
    const stranger = await named('stranger');
    const above = [issuer.x509.subject];
    for (const all of [[leaf, issuer], [issuer, leaf], [stranger, issuer, stranger, leaf], [issuer]])
      expect(subjectsAbove(leaf, all)).toEqual(above);
    expect(Buffer.from(chainAbove(leaf, [leaf, issuer])[0] ?? [])).toEqual(Buffer.from(issuer.der));
  });

  it('is empty where nobody in the file has signed it, or it signed itself', async () => {
    const [leaf, issuer] = signed();
    expect(chainAbove(leaf, [leaf, await named('stranger')])).toEqual([]);
    expect(chainAbove(leaf, [])).toEqual([]);
    expect(chainAbove(issuer, [issuer, leaf])).toEqual([]);
  });

  it('has nobody in it who bears the issuer’s name alone', async () => {
    const [leaf, issuer] = signed();
    const impostor = await named(issuer.x509.subject.replace('CN=', ''));
    expect(impostor.x509.subject).toBe(issuer.x509.subject);
    expect(subjectsAbove(leaf, [impostor, leaf])).toEqual([]);
    expect(Buffer.from(chainAbove(leaf, [impostor, issuer])[0] ?? [])).toEqual(Buffer.from(issuer.der));
  });
});

describe('an issuer that is named alone', () => {
  const leaf = () => certified('leaf', 'C', 'authority', 'A');

  it('is told from another of its name by the signature', () => {
    const impostor = certified('authority', 'B', 'authority', 'B');
    const authority = certified('authority', 'A', 'authority', 'A');
    expect(chainAbove(leaf(), [impostor])).toEqual([]);
    expect(chainAbove(leaf(), [impostor, authority])).toEqual([authority.der]);
  });

  it('is told from another with its key by the name', () => {
    expect(chainAbove(leaf(), [certified('elsewhere', 'A', 'elsewhere', 'A')])).toEqual([]);
  });

  it('stands in the chain once, also where two authorities have signed one another', () => {
    const [one, other] = [certified('authority', 'A', 'root', 'B'), certified('root', 'B', 'authority', 'A')];
    expect(subjectsAbove(leaf(), [other, one])).toEqual(['CN=authority', 'CN=root']);
  });

  it('is one of sixteen at most', () => {
    const floors = Array.from({ length: 20 }, (_, floor) => certified(`floor ${floor}`, 'A', `floor ${floor + 1}`, 'A'));
    const [lowest, ...above] = floors;
    if (lowest === undefined) throw new Error('no floor');
    expect(subjectsAbove(lowest, above)).toHaveLength(16);
  });
});

describe('a private key', () => {
  it('belongs to the certificate with its public key, of whatever kind it is', async () => {
    const { certificate, privateKey } = await ours();
    const own = found(certificate.der);
    expect(isOfKey(own, privateKey)).toBe(true);
    expect(isOfKey(own, (await ours()).privateKey)).toBe(false);
    for (const curve of ['prime256v1', 'secp384r1'])
      expect(isOfKey(own, generateKeyPairSync('ec', { namedCurve: curve }).privateKey)).toBe(false);
    expect(isOfKey(own, generateKeyPairSync('ed25519').privateKey)).toBe(false);
  });
});
