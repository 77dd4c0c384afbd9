/** Byte order marks (Unicode 16, section 23.8). Windows PowerShell 5.1 writes UTF-16 wherever it redirects with `>`. */
const marks = [
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** Bytes that are looked at to find UTF-16 without its mark. */
const sample = 1024;

/**
 * UTF-16 whose mark is missing: nearly every other byte is zero, as it is where most letters are Latin, and hardly any
 * of those between. UTF-8 has no zeros in a text.
 */
function unmarked(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(Math.min(bytes.length, sample) / 2);
  let [even, odd] = [0, 0];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (bytes[2 * pair] === 0) even += 1;
    if (bytes[2 * pair + 1] === 0) odd += 1;
  }
  if (pairs < 2) return null;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  return even > pairs * 0.7 && odd < pairs * 0.1 ? 'utf-16be' : null;
}

/** Which UTF-16 a text is written in; null where it is none. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  return marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.encoding ?? unmarked(bytes);
}

/** The text of a file somebody wrote: UTF-8, or UTF-16 with or without its byte order mark; the mark itself is left out. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(utf16Of(bytes) ?? 'utf-8').decode(bytes);
}
