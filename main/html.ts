/** HTML with values in it: whatever comes from outside becomes text, and is never obeyed. */
import { htmlEscape } from 'escape-goat';
import { visibleLine } from './visible-text.ts';

/** A piece of HTML whose contents are harmless; made by `html` alone. */
export interface Html {
  readonly html: string;
}

type Value = string | Html | readonly Html[];

const piece = (value: string | Html): string => (typeof value === 'string' ? htmlEscape(visibleLine(value)) : value.html);
const pieces = (value: Value): string => (typeof value === 'object' && !('html' in value) ? value.map(piece).join('') : piece(value));

/** HTML with values in it: a string becomes text, a piece stays what it is. */
export const html = (fixed: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: String.raw({ raw: fixed }, ...values.map(pieces)),
});

export const nothing: Html = { html: '' };

/** Several lines, each on its own. */
export const lines = (text: string): Html => ({ html: text.split('\n').map(piece).join('<br>') });
