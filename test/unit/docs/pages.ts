import { globSync, readFileSync } from 'node:fs';

export const page = (path: string): string => readFileSync(path, 'utf8');

/** Pages of the repository, not those of packages. */
export const pages = globSync(['*.md', 'docs/**/*.md']).map((path) => path.replaceAll('\\', '/'));

/** The rows of the tables of a page, cell by cell, without the line below the heading. */
export const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

/** What stands in backticks. */
export const literals = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

/** The part of a page below a heading. */
export const below = (text: string, heading: string): string => text.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#+ /m)[0] ?? '';

/** The anchors of a page’s headings in their order, as GitHub makes them. */
export const anchors = (path: string): string[] =>
  [...page(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
