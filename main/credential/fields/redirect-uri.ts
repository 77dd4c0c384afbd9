import type { Fault } from '../../faults.ts';
import { refused, type FieldCheck } from './field-check.ts';
import { checkFqdn } from './fqdn.ts';
import { checkPort } from './numbers.ts';

/** Path of MailStore's OpenID Connect endpoint. */
const path = '/oidc/signin';
/** Longest redirect URI of an application (Microsoft Entra, "Redirect URI restrictions and limitations"). */
const longest = 256;

/** `https://<fqdn>[:<port>]/oidc/signin`; the port of https itself is left out. */
export function buildRedirectUri(fqdn: string, port: number): string {
  return `https://${fqdn}${port === 443 ? '' : `:${port}`}${path}`;
}

interface Parts {
  readonly authority: string;
  readonly path: string;
}

/** Scheme, authority and path as typed: `new URL` would silently mend what has to be refused. */
function split(text: string): Parts | Fault {
  const fault = (code: Parameters<typeof refused>[0]) => refused(code, { value: text }).fault;
  if (/\s/.test(text)) return fault('input.redirect-uri.space');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (scheme === null) return fault('input.redirect-uri.no-scheme');
  if (scheme[1]?.toLowerCase() !== 'https') return fault('input.redirect-uri.not-https');
  if (text.includes('*')) return fault('input.redirect-uri.wildcard');
  if (text.includes('#')) return fault('input.redirect-uri.fragment');
  if (text.includes('?')) return fault('input.redirect-uri.query');
  const rest = text.slice(scheme[0].length);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  return authority.includes('@') ? fault('input.redirect-uri.user-information') : { authority, path: slash < 0 ? '' : rest.slice(slash) };
}

function badPath(given: string, text: string): Fault | null {
  if (given === path) return null;
  if (/^\/0idc\/signin\/?$/i.test(given)) return refused('input.redirect-uri.zero', { value: text }).fault;
  if (given === `${path}/`) return refused('input.redirect-uri.trailing-slash', { value: text }).fault;
  // Microsoft compares the path case-sensitively.
  if (given.toLowerCase() === path) return refused('input.redirect-uri.path-case', { value: text, path }).fault;
  return refused('input.redirect-uri.path', { value: text, path }).fault;
}

/**
 * A redirect URI as MailStore needs and Microsoft accepts it: https, a DNS name, an optional port (443 is left out),
 * exactly `/oidc/signin`.
 */
export function checkRedirectUri(typed: string): FieldCheck<string> {
  const text = typed.trim();
  if (text === '') return refused('input.redirect-uri.empty');
  const parts = split(text);
  if (parts instanceof Error) return { ok: false, fault: parts };
  const bracketed = /^\[[^\]]*\]/.exec(parts.authority)?.[0];
  const [host = '', port, ...more] = bracketed === undefined ? parts.authority.split(':') : [bracketed];
  if (more.length > 0) return refused('input.redirect-uri.no-scheme', { value: text });
  const fqdn = checkFqdn(host);
  if (!fqdn.ok) return fqdn;
  const checkedPort = checkPort(port ?? '443');
  if (!checkedPort.ok) return checkedPort;
  const wrong = badPath(parts.path, text);
  if (wrong !== null) return { ok: false, fault: wrong };
  const value = buildRedirectUri(fqdn.value, checkedPort.value);
  if (value.length > longest) return refused('input.redirect-uri.too-long', { length: value.length, limit: longest });
  return { ...fqdn, value, ...(fqdn.shown === undefined ? {} : { shown: value }) };
}

/** The redirect URI of the two fields name and port as they were typed; each is told once, whatever is to be said of it. */
export function checkServerAddress(fqdn: string, port: string): FieldCheck<string> {
  const name = checkFqdn(fqdn);
  if (!name.ok) return name;
  const number = checkPort(port);
  if (!number.ok) return number;
  const uri = checkRedirectUri(buildRedirectUri(name.value, number.value));
  return uri.ok ? { ...name, value: uri.value } : uri;
}
