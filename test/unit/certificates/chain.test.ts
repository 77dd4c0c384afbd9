import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
