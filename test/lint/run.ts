import { globSync, readFileSync } from 'node:fs';
import { importsOf } from './imports.ts';
import { importFault, nameFault, softwareFault, softwareNames } from './rules.ts';

const descriptors = globSync('assets/servers/*/server.json').map((path) => path.replaceAll('\\', '/'));
const profilesIn = (text: string): string[] =>
  (JSON.parse(text) as { profiles: (string | { id: string })[] }).profiles.flatMap((profile) =>
    typeof profile === 'string' ? [] : [profile.id],
  );
const software = softwareNames(
  descriptors.map((path) => path.split('/')[2] ?? ''),
  descriptors.flatMap((path) => profilesIn(readFileSync(path, 'utf8'))),
);

/** Checks names, imports and words of every source file; prints what is wrong and ends with 1 if anything is. */
let faults = 0;
for (const path of globSync('{main,preload,renderer,test}/**/*.{ts,tsx}')
  .map((each) => each.replaceAll('\\', '/'))
  .toSorted()) {
  const source = readFileSync(path, 'utf8');
  const found = importsOf(path, source).map((each) => [each.specifier, importFault(path, each)] as const);
  for (const [what, fault] of [
    ['its name', nameFault(path)] as const,
    ['its text', softwareFault(path, source, software)] as const,
    ...found,
  ]) {
    if (fault === null) continue;
    faults += 1;
    console.error(`${path}: ${what}: ${fault}`);
  }
}
process.exitCode = faults === 0 ? 0 : 1;
