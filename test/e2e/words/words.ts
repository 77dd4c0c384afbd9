/** Thumbprints in groups of four: the blanks are spacing, a copy holds none. */
const grouped = /\b[0-9A-F]{4}(?: [0-9A-F]{4}){9,15}\b/g;

/**
 * What somebody has to read of a text: every piece between blanks that holds a letter or a digit. Ids, URIs and thumbprints are one
 * word each.
 */
export const wordsOf = (text: string): number =>
  text
    .replaceAll(grouped, (thumbprint) => thumbprint.replaceAll(' ', ''))
    .split(/\s+/)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
