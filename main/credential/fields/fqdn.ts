import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { refused, type FieldCheck } from './field-check.ts';

/** Octets of one label and of a whole name (RFC 1035, section 2.3.4). */
const longestLabel = 63;
const longestName = 253;

/** What a browser reads as a number, and the whole name with it as an IPv4 address (URL Standard, "ends in a number checker"). */
const number = /^(\d+|0x[0-9a-f]*)$/i;

/** Signs that look like a hyphen and are none: word processors put them there, and the conversion below would make another name of them. */
const dash = /[\u00AD\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/;

/** An address, also in brackets, mistyped (192.168.1.300) or in another form that URLs take for one. */
function isAddress(name: string): boolean {
  const last = name.replace(/\.$/, '').split('.').at(-1) ?? '';
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || number.test(last);
}

/** What is wrong with the labels of a name in ASCII form (RFC 1123, section 2.1). */
function badLabel(ascii: string, typed: string): FieldCheck<string> | null {
  for (const label of ascii.split('.')) {
    if (label === '') return refused('input.fqdn.empty-label', { value: typed });
    if (label.length > longestLabel) return refused('input.fqdn.label-too-long', { label, limit: longestLabel });
    if (label.startsWith('-') || label.endsWith('-')) return refused('input.fqdn.hyphen', { label });
    if (!/^[a-z0-9-]+$/.test(label)) return refused('input.fqdn.characters', { value: typed });
  }
  return ascii.length > longestName ? refused('input.fqdn.too-long', { length: ascii.length, limit: longestName }) : null;
}

/**
 * The DNS name under which every client reaches the server: no scheme, path or port. International names are turned
 * into their ASCII form (RFC 5891), which is what certificates and redirect URIs carry.
 */
export function checkFqdn(typed: string): FieldCheck<string> {
  const text = typed.trim();
  if (text === '') return refused('input.fqdn.empty');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return refused('input.fqdn.scheme', { value: text });
  if (/[/\\?#]/.test(text)) return refused('input.fqdn.path', { value: text });
  if (/\s/.test(text)) return refused('input.fqdn.space', { value: text });
  if (isAddress(text)) return refused('input.fqdn.address', { value: text });
  if (text.includes(':')) return refused('input.fqdn.port', { value: text });
  if (text.includes('_')) return refused('input.fqdn.underscore', { value: text });
  if (text.endsWith('.')) return refused('input.fqdn.trailing-dot', { value: text });
  if (dash.test(text)) return refused('input.fqdn.dash', { value: text });
  // ASCII names are validated as they are: the conversion itself would only say that something is wrong.
  // oxlint-disable-next-line no-control-regex -- the range is ASCII
  const international = /[^\u0000-\u007F]/.test(text);
  const ascii = international ? domainToASCII(text) : text.toLowerCase();
  if (ascii === '') return refused('input.fqdn.characters', { value: text });
  const bad = badLabel(ascii, text);
  if (bad !== null) return bad;
  // The conversion may bring a number forward: ③ becomes 3.
  if (isAddress(ascii)) return refused('input.fqdn.address', { value: text });
  const readable = domainToUnicode(ascii);
  const shown = international || readable !== ascii ? { shown: readable === ascii ? ascii : `${ascii} (${readable})` } : {};
  const warning = ascii.includes('.') ? {} : ({ warning: 'field.fqdn.single-label' } as const);
  return { ok: true, value: ascii, ...shown, ...warning };
}
