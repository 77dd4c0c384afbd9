import { readFileSync } from 'node:fs';
import manifest from '../package.json' with { type: 'json' };

/**
 * What CHANGELOG says of a release. A tag that is not the version of package.json, and a version that has no dated section,
 * are no release.
 *
 * @param tag `v` and the version, as in git
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, but package.json says ${version}`);
  const [, ...sections] = `\n${changelog}`.split('\n## ');
  const section = sections.find((each) => each.split(/\s/, 1)[0] === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/\(\d{4}-\d{2}-\d{2}\)$/.test(heading)) throw new Error(`the section of CHANGELOG.md has no date: ${heading}`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return `${notes}\n`;
}

if (import.meta.main) process.stdout.write(releaseNotes(process.argv[2] ?? '', manifest.version, readFileSync('CHANGELOG.md', 'utf8')));
