import { createPrivateKey, X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import forge from 'node-forge';
import { Fault, type FaultCode } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import { certificateFacts } from './read.ts';

/** No certificate comes near this size; more is never read. */
const largest = 1024 * 1024;
const smallestKey = 2048;
/** Clocks may differ by this much before a certificate counts as not yet valid. */
const skew = 10 * 60 * 1000;

type Refuse = (code: FaultCode, cause?: unknown) => Fault;

async function readBounded(path: string, refuse: Refuse): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'certificate.file-missing' : error.code === 'EISDIR' ? 'certificate.file-is-folder' : 'certificate.file-unreadable', error);
  });
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw refuse('certificate.file-is-folder');
    if (stat.size > largest) throw refuse('certificate.file-too-large');
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** PKCS#12 (RFC 7292): a sequence that begins with version 3 and a content info. PKCS#7 (RFC 2315) begins with its OID. */
function structureOf(bytes: Uint8Array): 'pfx' | 'pkcs7' | 'other' {
  try {
    // Trailing bytes are somebody else's complaint, so the lenient reading is asked for; its options lack in the types.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const lenient = { strict: false, parseAllBytes: false, decodeBitStrings: false } as unknown as boolean;
    const root = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')), lenient);
    const [first, second] = Array.isArray(root.value) ? root.value : [];
    if (first?.type === forge.asn1.Type.INTEGER && first.value === '\u0003' && second?.type === forge.asn1.Type.SEQUENCE) return 'pfx';
    if (first?.type === forge.asn1.Type.OID && typeof first.value === 'string') return forge.asn1.derToOid(first.value).startsWith('1.2.840.113549.1.7.') ? 'pkcs7' : 'other';
  } catch {
    // Not ASN.1 at all: said by whoever tries to read it as a certificate.
  }
  return 'other';
}

function isPrivateKey(der: Uint8Array): boolean {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      createPrivateKey({ key: Buffer.from(der), format: 'der', type });
      return true;
    } catch {
      // Not in this form.
    }
  }
  return false;
}

/** The DER of the one certificate in a text file: PEM (RFC 7468), or base64 without its armour. */
function derOfText(text: string, refuse: Refuse): Uint8Array {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) throw refuse('certificate.private-key-inside');
  if (/-----BEGIN PKCS7-----/.test(text)) throw refuse('certificate.chain');
  const begins = text.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g)?.length ?? 0;
  const blocks = [...text.matchAll(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g)];
  if (begins > 1) throw refuse('certificate.chain');
  if (begins === 1 && blocks.length === 0) throw refuse('certificate.cut-off');
  const base64 = (blocks[0]?.[1] ?? text).replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw refuse(begins === 1 ? 'certificate.cut-off' : 'certificate.not-a-certificate');
  return Buffer.from(base64, 'base64');
}

function derOf(bytes: Uint8Array, refuse: Refuse): Uint8Array {
  if (bytes.length === 0) throw refuse('certificate.file-empty');
  // An ASN.1 sequence is binary; everything else has to be text.
  if (bytes[0] === 0x30) return bytes;
  const text = Buffer.from(bytes).toString('utf8').replace(/^\uFEFF/, '');
  return derOfText(text, refuse);
}

function parse(der: Uint8Array, refuse: Refuse): X509Certificate {
  const structure = structureOf(der);
  if (structure === 'pfx') throw refuse('certificate.pfx');
  if (structure === 'pkcs7') throw refuse('certificate.chain');
  if (isPrivateKey(der)) throw refuse('certificate.private-key-inside');
  try {
    const x509 = new X509Certificate(der);
    if (x509.raw.length !== der.length) throw refuse('certificate.chain');
    return x509;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const expected = der[0] === 0x30 && der.length > 4 ? 4 + (((der[2] ?? 0) << 8) | (der[3] ?? 0)) : 0;
    throw refuse(der[1] === 0x82 && der.length < expected ? 'certificate.cut-off' : 'certificate.not-a-certificate', error);
  }
}

/**
 * Reads the certificate that the server made, and refuses in words what cannot be it: another kind of file, a private
 * key, a chain, a key Microsoft Entra ID does not take (RSA of 2048 bits and more only), a time it is not valid in.
 *
 * @throws Fault certificate.*
 */
export async function readCertificateFile(path: string, now: Date = new Date()): Promise<Certificate> {
  const refuse: Refuse = (code, cause) => new Fault(code, { params: { path }, ...(cause === undefined ? {} : { cause }) });
  const x509 = parse(derOf(await readBounded(path, refuse), refuse), refuse);
  if (x509.publicKey.asymmetricKeyType !== 'rsa') throw new Fault('certificate.not-rsa', { params: { path, type: String(x509.publicKey.asymmetricKeyType).toUpperCase() } });
  const certificate = certificateFacts(x509);
  if (certificate.keySize < smallestKey) throw new Fault('certificate.key-too-small', { params: { path, bits: certificate.keySize, least: smallestKey } });
  if (Date.parse(certificate.notAfter) <= now.getTime()) throw new Fault('certificate.expired', { params: { path, end: certificate.notAfter } });
  if (Date.parse(certificate.notBefore) > now.getTime() + skew) throw new Fault('certificate.not-yet-valid', { params: { path, begin: certificate.notBefore } });
  return certificate;
}
