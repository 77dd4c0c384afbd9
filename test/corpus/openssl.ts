import { execFileSync } from 'node:child_process';

/** What openssl says of a certificate, or the public half of a key. */
export interface Facts {
  readonly thumbprint: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** RSA modulus; null for other keys. */
  readonly modulus: string | null;
}

/** Milliseconds; openssl computes as many rounds as a file asks for. */
const patience = 20_000;

/** Null where openssl refuses. */
export function openssl(args: readonly string[], input?: Uint8Array): string | null {
  try {
    return execFileSync('openssl', args, {
      input,
      encoding: 'utf8',
      timeout: patience,
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return null;
  }
}

/** `Nov 24 10:50:30 2026 GMT` as ISO 8601; the text itself where it is no date. */
function isoDate(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString().replace('.000Z', 'Z');
}

/** Facts of one certificate; null where openssl does not read it. */
export function certificateFacts(bytes: Uint8Array, form: 'DER' | 'PEM'): Facts | null {
  const text = openssl(
    [
      'x509',
      '-inform',
      form,
      '-noout',
      '-fingerprint',
      '-sha1',
      '-dates',
      '-modulus',
      '-subject',
      '-nameopt',
      'esc_2253,esc_ctrl,utf8,sep_multiline,sname',
    ],
    bytes,
  );
  if (text === null) return null;
  const line = (head: string) => new RegExp(`^${head}=(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
  const modulus = line('Modulus');
  const subject = /subject=\n?([^]*?)(?:\n(?:[a-z0-9 ]+Fingerprint|notBefore|Modulus)|$)/i.exec(text)?.[1] ?? '';
  return {
    thumbprint: line('sha1 Fingerprint').replaceAll(':', ''),
    subject: subject
      .split('\n')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .toReversed()
      .join(', '),
    notBefore: isoDate(line('notBefore')),
    notAfter: isoDate(line('notAfter')),
    modulus: /^[0-9A-F]{100,}$/.test(modulus) ? modulus : null,
  };
}

/** What openssl takes out of a PFX: PEM, keys unencrypted; null where it refuses. */
export const openedPfx = (path: string, password: string): string | null =>
  openssl(['pkcs12', '-legacy', '-nodes', '-in', path, '-passin', `pass:${password}`]);
