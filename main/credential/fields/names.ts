import { refused, type FieldCheck } from './field-check.ts';

/**
 * C0, DEL and C1 controls, line and paragraph separators, and the invisible spaces and direction marks that copied
 * text brings along. The joiners U+200C and U+200D stay: Persian and emoji need them.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF]/;

/** Half of a character (an unpaired surrogate) cannot be stored or sent: UTF-8 has no form for it. */
export const isUnprintable = (text: string): boolean => control.test(text) || !text.isWellFormed();

const isInvisible = (text: string): boolean => /^[\p{Cf}\p{Z}]*$/u.test(text);

export const longestName = 120;
/** Longest displayName of an application (Microsoft Graph, application resource type). */
export const longestAppName = 256;

/** Name of the credential as the list shows it; composed (Unicode NFC), so that one name is always the same text. */
export function checkName(typed: string): FieldCheck<string> {
  const value = typed.trim().normalize('NFC');
  if (isUnprintable(value)) return refused('input.name.control-characters');
  if (isInvisible(value)) return refused('input.name.empty');
  if (value.length > longestName) return refused('input.name.too-long', { length: value.length, limit: longestName });
  return { ok: true, value };
}

/** Display name of the application in Microsoft Entra ID. */
export function checkAppName(typed: string): FieldCheck<string> {
  const value = typed.trim();
  if (isUnprintable(value)) return refused('input.name.control-characters');
  if (isInvisible(value)) return refused('input.app-name.empty');
  if (value.length > longestAppName) return refused('input.name.too-long', { length: value.length, limit: longestAppName });
  return { ok: true, value };
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What copied text brings along unseen (Unicode category Cf: no width, soft hyphens, direction marks); neither ids nor domains have any. */
const unseen = /\p{Cf}/gu;

/** What spreadsheets and word processors put around a value so that it stays a text: `="…"`, `'…`, quotation marks. */
const wrapping = /^(?:=\s*)?["'“”„«»‘’]*\s*(.*?)\s*["'“”„«»‘’]*$/;

/** Lower case, without what cannot be seen, and without the braces or parentheses in which Windows tools write a GUID. */
const plain = (typed: string): string =>
  typed
    .replaceAll(unseen, '')
    .trim()
    .replace(wrapping, '$1')
    .replace(/^(?:\{(.*)\}|\((.*)\))$/, '$1$2')
    .toLowerCase();

/** Application (client) ID: a GUID (RFC 9562). */
export function checkClientId(typed: string): FieldCheck<string> {
  const value = plain(typed);
  return guid.test(value) ? { ok: true, value } : refused('input.client-id.not-a-guid', { value: typed });
}

const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/** Tenant by id or by one of its domains. */
export function checkTenant(typed: string): FieldCheck<string> {
  const value = plain(typed);
  return guid.test(value) || domain.test(value) ? { ok: true, value } : refused('input.tenant.invalid', { value: typed });
}
