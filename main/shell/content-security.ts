/**
 * What our pages may load: files of our own scheme, nothing else. Griffel, the style engine of Fluent UI, inserts empty
 * style elements and fills them through the CSS object model, so the only inline text permitted is the empty one.
 */
const emptyText = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const directives: readonly (readonly [name: string, ...sources: string[]])[] = [
  ['default-src', "'none'"],
  ['script-src', "'self'"],
  ['style-src', "'self'", emptyText],
  ['img-src', "'self'", 'data:'],
  ['font-src', "'self'"],
  ['connect-src', "'none'"],
  ['frame-ancestors', "'none'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['require-trusted-types-for', "'script'"],
  // None can be made: whatever is text stays text.
  ['trusted-types', "'none'"],
];

/** Value of the header Content-Security-Policy (W3C Content Security Policy Level 3). */
export const contentSecurityPolicy = directives.map((directive) => directive.join(' ')).join('; ');
