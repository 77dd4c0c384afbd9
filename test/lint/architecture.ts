import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { features, floors, ground, rooms } from './rules.ts';

const root = join(import.meta.dirname, '../..');
const path = 'docs/architecture.md';

/** What a room of main or a feature of the window says of itself: the first comment in its index, or in the file that is the room. */
export function purposeOf(room: string): string {
  const places = [`main/${room}/index.ts`, `main/${room}.ts`, `renderer/features/${room}/index.ts`];
  const file = places.find((each) => existsSync(join(root, each))) ?? '';
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

/** The features of the window from the top down. */
const featureTable = (): string =>
  `| Feature | What it is for |\n|---|---|\n${features
    .toReversed()
    .map((each) => `| \`${each}\` | ${firstSentence(purposeOf(each))} |`)
    .join('\n')}`;

const marked = (name: string): RegExp => new RegExp(`(<!-- ${name}: .*? -->\\n)[\\s\\S]*(\\n<!-- /${name} -->)`);

/** The page about the architecture, its tables as the rules and the rooms have them today. */
export function architecturePage(): string {
  const filled = (page: string, name: string, rows: string): string =>
    page.replace(marked(name), (_, before: string, after: string) => `${before}${rows}${after}`);
  return filled(filled(readFileSync(join(root, path), 'utf8'), 'rooms', table()), 'features', featureTable());
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, path), architecturePage());
