import type { Fault } from '../../faults.ts';
import type { RedirectRule } from '../../servers/index.ts';
import { refused, type FieldCheck } from './field-check.ts';
import { checkFqdn } from './fqdn.ts';
import { checkPort } from './numbers.ts';

/** Longest redirect URI of an application (Microsoft Entra, "Redirect URI restrictions and limitations"). */
const longest = 256;

/** What the path has to be: the server software's, or any where nothing is known of the software. */
export type PathRule = Pick<RedirectRule, 'path'> | 'any-path';

/** `https://<fqdn>[:<port>]<path>`; the port of https itself is left out. */
export function buildRedirectUri({ path }: Pick<RedirectRule, 'path'>, fqdn: string, port: number): string {
  return `https://${fqdn}${port === 443 ? '' : `:${port}`}${path}`;
}

interface Parts {
  readonly authority: string;
  readonly path: string;
}

/** Scheme, authority and path as typed: `new URL` would silently correct what has to be refused. */
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

/** With the letter where the digit 0 was typed for it. */
const withLetters = (text: string) => text.toLowerCase().replaceAll('0', 'o');

function badPath(given: string, path: string, text: string): Fault | null {
  if (given === path) return null;
  if (given === `${path}/`) return refused('input.redirect-uri.trailing-slash', { value: text, path }).fault;
  // Microsoft compares the path case-sensitively.
  if (given.toLowerCase() === path.toLowerCase()) return refused('input.redirect-uri.path-case', { value: text, path }).fault;
  if (withLetters(given.replace(/\/$/, '')) === withLetters(path)) return refused('input.redirect-uri.zero', { value: text, path }).fault;
  return refused('input.redirect-uri.path', { value: text, path }).fault;
}

/** Of a path that no rule knows: one that Microsoft takes as it is, without an end that would be lost. */
const plainPath = /^(\/[A-Za-z0-9._~-]+)+\/?$/;

/**
 * A redirect URI as the server software needs and Microsoft accepts it: https, a DNS name, an optional port (443 is left out),
 * exactly the path of the rule.
 */
export function checkRedirectUri(rule: PathRule, typed: string): FieldCheck<string> {
  const text = typed.trim();
  const wanted = rule === 'any-path' ? null : rule.path;
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
  const path = wanted ?? (plainPath.test(parts.path) ? parts.path : '/…');
  const wrong = badPath(parts.path, path, text);
  if (wrong !== null) return { ok: false, fault: wrong };
  const value = buildRedirectUri({ path }, fqdn.value, checkedPort.value);
  if (value.length > longest) return refused('input.redirect-uri.too-long', { length: value.length, limit: longest });
  return { ...fqdn, value, ...(fqdn.shown === undefined ? {} : { shown: value }) };
}

/** The redirect URI of the two fields name and port as they were typed; each is told once, whatever is to be said of it. */
export function checkServerAddress(rule: Pick<RedirectRule, 'path'>, fqdn: string, port: string): FieldCheck<string> {
  const name = checkFqdn(fqdn);
  if (!name.ok) return name;
  const number = checkPort(port);
  if (!number.ok) return number;
  const uri = checkRedirectUri(rule, buildRedirectUri(rule, name.value, number.value));
  return uri.ok ? { ...name, value: uri.value } : uri;
}
