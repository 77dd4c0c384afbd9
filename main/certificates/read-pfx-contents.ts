import { webcrypto } from 'node:crypto';
import forge from 'node-forge';
import * as pkijs from 'pkijs';

/** What a PFX holds, as DER; keys as PKCS#8. */
export interface PfxContents {
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
}

export type PfxAnswer = { readonly contents: PfxContents } | { readonly refused: 'password' | 'structure'; readonly reason: string };

const { asn1, pki, pkcs12 } = forge;
const bytesOf = (node: forge.asn1.Asn1): Uint8Array => new Uint8Array(Buffer.from(asn1.toDer(node).getBytes(), 'binary'));
const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Encryption by password as PKCS#12 itself defines it (RFC 7292, appendix C), also RC2: what Windows wrote for twenty years. */
function withForge(pfx: Uint8Array, password: string): PfxContents {
  const bags = pkcs12
    .pkcs12FromAsn1(asn1.fromDer(forge.util.createBuffer(Buffer.from(pfx).toString('binary'))), false, password)
    .safeContents.flatMap(({ safeBags }) => safeBags);
  const { keyBag = '', pkcs8ShroudedKeyBag = '', certBag = '' } = pki.oids;
  const keys = bags.filter(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag);
  const certificates = bags.filter(({ type }) => type === certBag);
  return {
    // What forge does not know, a key on an elliptic curve, it hands on as it stands.
    keys: keys.map(({ key, asn1: other }) => bytesOf(key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)) : other)),
    certificates: certificates.map(({ cert, asn1: other }) => bytesOf(cert ? pki.certificateToAsn1(cert) : other)),
  };
}

const oids = {
  data: '1.2.840.113549.1.7.1',
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
};

/** Encryption by PBES2 (RFC 8018) in the forms that forge does not read, ours among them. */
async function withPkijs(bytes: Uint8Array, password: string): Promise<PfxContents> {
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));
  const secret = buffer(Buffer.from(password));
  const pfx = pkijs.PFX.fromBER(buffer(bytes));
  await pfx.parseInternalValues({ password: secret, checkIntegrity: true });
  const safe: pkijs.AuthenticatedSafe | undefined = pfx.parsedValue?.authenticatedSafe;
  if (safe === undefined) throw new Error('no authenticated safe');
  await safe.parseInternalValues({
    safeContents: safe.safeContents.map(({ contentType }) => (contentType === oids.data ? {} : { password: secret })),
  });
  const contents: { readonly value: pkijs.SafeContents }[] = safe.parsedValue.safeContents;
  const keys: Uint8Array[] = [];
  const certificates: Uint8Array[] = [];
  for (const { bagId, bagValue } of contents.flatMap(({ value }) => value.safeBags)) {
    if (bagId === oids.key) keys.push(new Uint8Array(bagValue.toSchema().toBER()));
    else if (bagId === oids.shroudedKey && bagValue instanceof pkijs.PKCS8ShroudedKeyBag) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- declared protected, and the only way
      await (bagValue as unknown as { parseInternalValues(parameters: object): Promise<void> }).parseInternalValues({ password: secret });
      const key = bagValue.parsedValue;
      if (key !== undefined) keys.push(new Uint8Array(key.toSchema().toBER()));
    } else if (bagId === oids.certificate && bagValue instanceof pkijs.CertBag) {
      const { parsedValue } = bagValue;
      if (parsedValue instanceof pkijs.Certificate) certificates.push(new Uint8Array(parsedValue.toSchema(true).toBER()));
    }
  }
  return { keys, certificates };
}

/** Opens a PFX (PKCS#12, RFC 7292) with its password, whoever made it. */
export async function openPfx(bytes: Uint8Array, password: string): Promise<PfxAnswer> {
  try {
    return { contents: withForge(bytes, password) };
  } catch (first) {
    // The integrity check came before the encryption, so it has spoken already.
    if (/MAC could not be verified/.test(wordsOf(first))) return { refused: 'password', reason: wordsOf(first) };
    try {
      return { contents: await withPkijs(bytes, password) };
    } catch (second) {
      return { refused: 'structure', reason: wordsOf(second) };
    }
  }
}
