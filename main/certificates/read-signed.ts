import { X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { Fault, type FaultCode } from '../faults.ts';
import { textOf } from '../files/index.ts';
import { certificateOf, chainAbove, type ChainedCertificate } from './chain.ts';
import { isPrivateKey, structureOf } from './der.ts';
import { fileContents } from './file-contents.ts';
import { usableCertificate } from './usable.ts';

const { asn1 } = forge;

/** Bytes. A chain of certificates in one file. */
const largest = 1024 * 1024;

/** One PEM block (RFC 7468). */
const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

class Refusal extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

const children = (node: forge.asn1.Asn1 | undefined): forge.asn1.Asn1[] => (Array.isArray(node?.value) ? node.value : []);

/** The certificates of a PKCS#7 structure without signers, as certification authorities hand them out (RFC 5652, section 5.1; `.p7b`). */
function fromPkcs7(der: Uint8Array): X509Certificate[] {
  const root = asn1.fromDer(forge.util.createBuffer(Buffer.from(der).toString('binary')));
  // ContentInfo { contentType, [0] SignedData { version, digestAlgorithms, encapContentInfo, [0] certificates, … } }
  const signedData = children(children(root)[1])[0];
  const certificates = children(signedData).find(
    ({ tagClass, type }) => tagClass === asn1.Class.CONTEXT_SPECIFIC && type === asn1.Type.NONE,
  );
  return children(certificates).map((each) => new X509Certificate(Buffer.from(asn1.toDer(each).getBytes(), 'binary')));
}

/** One certificate, or one after the other. */
function fromDer(der: Uint8Array): X509Certificate[] {
  if (der.length === 0) return [];
  const structure = structureOf(der);
  if (structure === 'pfx') throw new Refusal('certificate.pfx');
  if (structure === 'pkcs7') return fromPkcs7(der);
  if (structure === 'encrypted-private-key' || isPrivateKey(der)) throw new Refusal('certificate.private-key-inside');
  const first = new X509Certificate(der);
  return [first, ...fromDer(der.subarray(first.raw.length))];
}

function fromText(text: string): X509Certificate[] {
  return Array.from(text.matchAll(pemBlock)).flatMap(([, label = '', body = '']) => {
    if (label.endsWith('PRIVATE KEY')) throw new Refusal('certificate.private-key-inside');
    return /^(?:X509 )?CERTIFICATE$|^PKCS7$|^CMS$/.test(label) ? fromDer(Buffer.from(body, 'base64')) : [];
  });
}

function certificatesIn(bytes: Uint8Array): X509Certificate[] {
  const text = textOf(bytes);
  if (text.includes('-----BEGIN ')) return fromText(text);
  const base64 = text.replaceAll(/\s/g, '');
  return fromDer(bytes[0] !== 0x30 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : bytes);
}

/**
 * Reads what a certification authority answered to our request: a certificate, alone or among those of its chain, in DER,
 * PEM or PKCS#7. Of several, the one of our key is meant.
 *
 * @param keys private keys of ours, the likeliest first
 * @returns with it the key that it belongs to
 * @throws Fault certificate.*, import.key-mismatch where none is for any of these keys
 */
export async function readSignedCertificate(
  path: string,
  keys: readonly KeyObject[],
  now: Date,
): Promise<ChainedCertificate & { readonly privateKey: KeyObject }> {
  const bytes = await fileContents(path, largest);
  if (bytes.length === 0) throw new Fault('certificate.file-empty', { params: { path } });
  let all: X509Certificate[];
  try {
    all = certificatesIn(bytes);
  } catch (error) {
    throw new Fault(error instanceof Refusal ? error.code : 'certificate.not-a-certificate', { params: { path }, cause: error });
  }
  if (all.length === 0) throw new Fault('certificate.not-a-certificate', { params: { path } });
  for (const privateKey of keys) {
    const leaf = certificateOf(privateKey, all);
    if (leaf !== null)
      return {
        certificate: usableCertificate(leaf, path, now),
        chain: chainAbove(leaf, all).map(({ raw }) => new Uint8Array(raw)),
        privateKey,
      };
  }
  throw new Fault('import.key-mismatch', { params: { path } });
}
