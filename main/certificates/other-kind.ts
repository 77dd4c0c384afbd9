/** Kinds of files that are given by mistake, as a sentence names them. */
export type OtherKind =
  'request' | 'crl' | 'publickey' | 'openssh' | 'putty' | 'pgp' | 'java' | 'html' | 'shortcut' | 'office' | 'pdf' | 'zip' | 'other';

/** First octets by which a file says what it is. */
const signatures: readonly (readonly [kind: OtherKind, hex: string])[] = [
  ['shortcut', '4c0000000114020000000000c0000000'],
  ['office', 'd0cf11e0a1b11ae1'],
  ['pdf', '255044462d'],
  ['java', 'feedfeed'],
  ['java', 'cececece'],
  ['zip', '504b0304'],
];

/** Part of every document of Office (ECMA-376, part 2): a ZIP archive with this list in it, near its beginning. */
const officeList = '[Content_Types].xml';

/** What a file that is neither DER nor a certificate is, from its first octets; null where they say nothing. */
export function kindOfBytes(bytes: Uint8Array): OtherKind | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const [kind = null] = signatures.find(([, hex]) => head.startsWith(hex)) ?? [];
  return kind === 'zip' && Buffer.from(bytes.subarray(0, 4096)).includes(officeList) ? 'office' : kind;
}

/** Texts by which a file says what it is. */
const texts: readonly (readonly [kind: OtherKind, pattern: RegExp])[] = [
  ['putty', /^PuTTY-User-Key-File-\d/],
  ['openssh', /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+) AAAA|^---- BEGIN SSH2|BEGIN OPENSSH PRIVATE KEY/],
  ['pgp', /BEGIN PGP /],
  ['shortcut', /^\[InternetShortcut\]/i],
  ['html', /^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title)\b/i],
];

/** The same of a text. */
export function kindOfText(text: string): OtherKind | null {
  const begin = text.slice(0, 4096).replace(/^[\s\uFEFF]+/, '');
  return texts.find(([, pattern]) => pattern.test(begin))?.[0] ?? null;
}

/** The same of a PEM block that is neither certificate nor key. */
export function kindOfLabel(label: string): OtherKind {
  if (label.endsWith('CERTIFICATE REQUEST')) return 'request';
  if (label === 'X509 CRL') return 'crl';
  if (label.endsWith('PUBLIC KEY')) return 'publickey';
  if (label.startsWith('OPENSSH ')) return 'openssh';
  return label.startsWith('PGP ') ? 'pgp' : 'other';
}
