import { DOMParser, MIME_TYPE, type Element } from '@xmldom/xmldom';

/** The task of a file as schtasks reads it: UTF-16LE behind a byte order mark, well-formed XML. */
export function readTask(file: Uint8Array): Element {
  const bytes = Buffer.from(file);
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) throw new Error('no byte order mark of UTF-16LE');
  const complain = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  const { documentElement } = new DOMParser({ onError: complain }).parseFromString(
    bytes.subarray(2).toString('utf16le'),
    MIME_TYPE.XML_TEXT,
  );
  if (documentElement === null) throw new Error('no element');
  return documentElement;
}

export const childrenOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);

/** Text of the only element at a path, e.g. `Principals/Principal/LogonType`. */
export function textAt(element: Element, path: string): string {
  const found = path
    .split('/')
    .reduce((at, name) => at.flatMap((each) => childrenOf(each).filter(({ tagName }) => tagName === name)), [element]);
  if (found.length !== 1) throw new Error(`${found.length} × ${path}`);
  return found[0]?.textContent ?? '';
}

/** A command line as CommandLineToArgvW takes it apart, read from its documentation: written here anew, to validate what writes it. */
export function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let current = '';
  let [begun, inside] = [false, false];
  for (let at = 0; at < line.length;) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    at += backslashes;
    const next = line[at];
    if (next === '"') {
      current += '\\'.repeat(Math.floor(backslashes / 2));
      if (backslashes % 2 === 1) current += '"';
      else inside = !inside;
      begun = true;
      at += 1;
      continue;
    }
    current += '\\'.repeat(backslashes);
    begun ||= backslashes > 0;
    if (next === undefined) break;
    if (/[ \t]/.test(next) && !inside) {
      if (begun) found.push(current);
      current = '';
      begun = false;
    } else {
      current += next;
      begun = true;
    }
    at += 1;
  }
  return begun ? [...found, current] : found;
}
