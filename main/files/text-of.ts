/** Byte order marks (Unicode 16, section 23.8). Windows PowerShell 5.1 writes UTF-16 wherever it redirects with `>`. */
const marks = [
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** The text of a file somebody wrote: UTF-8, or UTF-16 with a byte order mark; the mark itself is left out. */
export function textOf(bytes: Uint8Array): string {
  const mark = marks.find((each) => each.bytes.every((byte, index) => bytes[index] === byte));
  return new TextDecoder(mark?.encoding ?? 'utf-8').decode(bytes);
}
