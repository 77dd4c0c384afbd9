/** A piece of a line. Addresses stay text: this window opens none that it does not know. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

export type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly line: Line }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] };

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Bold, emphasis, code and links; anything else is the text that it is, HTML too. */
export function inlineOf(text: string): Line {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    const [whole, code, strong, strong2, emphasis, link, address] = match;
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else if (link !== undefined && address !== undefined) pieces.push({ kind: 'link', text: link.replaceAll(/[*`]/g, ''), address });
    else if (emphasis !== undefined) pieces.push({ kind: 'emphasis', text: emphasis });
    else pieces.push({ kind: 'strong', text: strong ?? strong2 ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const item = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const picture = /^!\[[^\]]*\]\([^)]*\)$/;
const cells = (line: string): Line[] =>
  line
    .replace(/^\s*\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
    .map((cell) => inlineOf(cell.trim()));

/** Lines from `from` on for which `holds` is true. */
function run(lines: readonly string[], from: number, holds: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, index) => index >= from && !holds(line));
  return lines.slice(from, end === -1 ? lines.length : end);
}

const marginOf = (line: string): number => line.length - line.trimStart().length;

const isPlain = (line: string) =>
  line.trim() !== '' && !picture.test(line.trim()) && !heading.test(line) && !item.test(line) && !/^\s*(?:```|\|)/.test(line);

/** An item, and what belongs to it: lines that are further in. */
function listAt(lines: readonly string[], from: number): { readonly block: Block; readonly count: number } {
  const [, indent = '', number] = item.exec(lines[from] ?? '') ?? [];
  const belongs = (line: string) => line.trim() === '' || marginOf(line) > indent.length;
  const ordered = number !== undefined;
  const isSibling = (match: RegExpExecArray | null): match is RegExpExecArray =>
    match !== null && match[1] === indent && (match[2] !== undefined) === ordered;
  const items: (readonly Block[])[] = [];
  let at = from;
  for (let match = item.exec(lines[at] ?? ''); isSibling(match); match = item.exec(lines[at] ?? '')) {
    const inside = run(lines, at + 1, belongs);
    while (inside.at(-1)?.trim() === '') inside.pop();
    const margin = Math.min(...inside.filter((line) => line.trim() !== '').map((line) => marginOf(line)));
    items.push(blocksOf([match[3] ?? '', ...inside.map((line) => line.slice(margin))].join('\n')));
    at += 1 + inside.length;
    while (lines[at]?.trim() === '' && isSibling(item.exec(lines[at + 1] ?? ''))) at += 1;
  }
  return { block: { kind: 'list', ordered, items }, count: at - from };
}

/** Reads what release notes and guides are made of: headings, paragraphs, lists, tables and code. Pictures are left out. */
export function blocksOf(text: string): readonly Block[] {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const [, signs, title] = heading.exec(line) ?? [];
    if (line.trim() === '' || picture.test(line.trim())) at += 1;
    else if (signs !== undefined) {
      blocks.push({ kind: 'heading', level: signs.length, line: inlineOf(title ?? '') });
      at += 1;
    } else if (line.trim().startsWith('```')) {
      const code = run(lines, at + 1, (each) => !each.trim().startsWith('```'));
      blocks.push({ kind: 'code', text: code.join('\n') });
      at += code.length + 2;
    } else if (line.trim().startsWith('|')) {
      const table = run(lines, at, (each) => each.trim().startsWith('|'));
      blocks.push({ kind: 'table', head: cells(table[0] ?? ''), rows: table.slice(2).map(cells) });
      at += table.length;
    } else if (item.test(line)) {
      const { block, count } = listAt(lines, at);
      blocks.push(block);
      at += count;
    } else {
      const paragraph = run(lines, at, isPlain);
      blocks.push({ kind: 'paragraph', line: inlineOf(paragraph.map((each) => each.trim()).join(' ')) });
      at += Math.max(1, paragraph.length);
    }
  }
  return blocks;
}
