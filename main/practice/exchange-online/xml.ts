/** One element, its namespace resolved (Namespaces in XML 1.0). */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** Without those that declare namespaces. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed. */
  readonly text: string;
}

interface Open {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/g;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6}));/g, (whole, name?: string, code?: string) =>
    name === undefined ? String.fromCodePoint(Number(code)) : (entities[name] ?? whole),
  );

function opened(tag: string, attributeText: string, outer: Open | undefined): Open {
  const written = [...attributeText.matchAll(attribute)].map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]);
  const declared = written.flatMap(([name = '', value = '']) => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice(6), value]] : [];
  });
  return {
    tag,
    attributes: Object.fromEntries(written.filter(([name = '']) => name !== 'xmlns' && !name.startsWith('xmlns:'))),
    namespaces: { ...outer?.namespaces, ...Object.fromEntries(declared) },
    children: [],
    text: '',
  };
}

function closed({ tag, attributes, namespaces, children, text }: Open): XmlElement | null {
  const [prefix, name] = tag.includes(':') ? tag.split(':') : ['', tag];
  const namespace = namespaces[prefix ?? ''];
  if (namespace === undefined && prefix !== '') return null;
  return { namespace: namespace ?? '', name: name ?? '', attributes, children, text: decoded(text).trim() };
}

/**
 * A document as SOAP takes it: elements, attributes and text; no document type, no CDATA (SOAP 1.1 §3).
 *
 * @returns null where it is not well-formed
 */
export function readXml(source: string): XmlElement | null {
  const open: Open[] = [];
  let root: XmlElement | null = null;
  let read = 0;
  for (const match of source.replace(/^\u{FEFF}/u, '').matchAll(token)) {
    const [whole, end, start, attributeText = '', selfClosing, text] = match;
    if (match.index !== read) return null;
    read += whole.length;
    const inner = open.at(-1);
    if (text !== undefined) {
      if (inner !== undefined) inner.text += text;
      else if (text.trim() !== '') return null;
    }
    if (start !== undefined) {
      if (root !== null) return null;
      open.push(opened(start, attributeText, inner));
    }
    if (end !== undefined && inner?.tag !== end) return null;
    if (end === undefined && selfClosing !== '/') continue;
    const ended = open.pop();
    const element = ended === undefined ? null : closed(ended);
    if (element === null) return null;
    const outer = open.at(-1);
    if (outer === undefined) root = element;
    else outer.children.push(element);
  }
  return read === source.replace(/^\u{FEFF}/u, '').length && open.length === 0 ? root : null;
}
