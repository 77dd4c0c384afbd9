import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { floors, ground, rooms } from './rules.ts';

const root = join(import.meta.dirname, '../..');
const path = 'docs/architecture.md';

/** What a room says of itself: the first paragraph of comment in its index, or in the file that is the room. */
export function purposeOf(room: string): string {
  const file = [`main/${room}/index.ts`, `main/${room}.ts`].find((each) => existsSync(join(root, each))) ?? '';
  const comment = /\/\*\*?\s([\s\S]*?)\*\//.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
  return comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Up to the first full stop, colon included. */
const firstSentence = (text: string): string => /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text;

/** How high a room stands: above everything it knows. */
const heightOf = (room: string): number => 1 + Math.max(-1, ...(rooms[room] ?? []).map((each) => heightOf(each)));

/** The rooms of main from the top down, as the rule table has them. */
function table(): string {
  const rows = Object.keys(rooms)
    .filter((room) => room !== 'index')
    .toSorted((one, other) => heightOf(other) - heightOf(one) || one.localeCompare(other))
    .map((room) => {
      const known = (rooms[room] ?? []).filter((each) => !(ground as readonly string[]).includes(each)).toSorted();
      const stairs = floors[room]?.filter((each) => each !== '').toReversed();
      const inside = stairs === undefined ? '' : ` Inside, from above: ${stairs.map((each) => `\`${each}\``).join(', ')}.`;
      return `| \`${room}\` | ${firstSentence(purposeOf(room))}${inside} | ${known.map((each) => `\`${each}\``).join(', ')} |`;
    });
  return `| Room | What it is for | Knows, besides the ground |\n|---|---|---|\n${rows.join('\n')}`;
}

const marked = /(<!-- rooms: .*? -->\n)[\s\S]*(\n<!-- \/rooms -->)/;

/** The page about the architecture, its table as the rules and the rooms have it today. */
export function architecturePage(): string {
  const page = readFileSync(join(root, path), 'utf8');
  return page.replace(marked, (_, before: string, after: string) => `${before}${table()}${after}`);
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, path), architecturePage());
