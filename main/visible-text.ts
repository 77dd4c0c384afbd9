/*
 * What comes from outside (names of tenants, applications and people, Microsoft's sentences, lines of files) may hold
 * characters that are not seen but obeyed: escape sequences that repaint a terminal or fill its clipboard, line breaks
 * that forge a line of ours, marks that turn the direction of what follows. Here they become visible, in one place for
 * terminal, notifications and text files.
 */

/** Line breaks as terminals and editors know them (Unicode, UAX #14: CR, LF, NEL, VT, FF, LS, PS). */
const lineBreaks = /\s*(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])\s*/g;

/** Controls (C0, DEL, C1: ECMA-48) and the marks of the bidirectional algorithm (Unicode, UAX #9). */
const obeyed = String.raw`\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069`;
const anyObeyed = new RegExp(`[${obeyed}]`, 'g');
const obeyedInText = new RegExp(`(?![\n\t])[${obeyed}]`, 'g');

const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
const shown = (character: string): string => `<U+${codeOf(character)}>`;

/** Text from outside as part of a line of ours: one line, every character in it seen. A line break becomes ` ↵ `, and none is left at its ends. */
export function visibleLine(text: string): string {
  return text
    .replaceAll(/^[\r\n]+|[\r\n]+$/g, '')
    .replaceAll(lineBreaks, ' ↵ ')
    .replaceAll('\t', ' ')
    .replaceAll(anyObeyed, shown);
}

/** Whole output of ours, with its own line breaks: nothing in it is obeyed by a terminal but these and tabs. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(obeyedInText, shown);
}

/**
 * The first `longest` UTF-16 units of a text, as limits of services and systems count them, without half a character at the
 * end: an unpaired surrogate cannot be sent or stored.
 */
export const cutText = (text: string, longest: number): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');

/**
 * JSON of any value, with these characters escaped: `JSON.stringify` leaves DEL, C1 and direction marks as they are. The
 * value stays the same (RFC 8259, section 7).
 *
 * @param indent blanks for each level; left out, one line
 */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, null, indent) ?? 'null').replaceAll(obeyedInText, (character) => `\\u${codeOf(character)}`);
}
