import { globSync, readFileSync } from 'node:fs';
import { importsOf } from './imports.ts';
import { importFault, nameFault } from './rules.ts';

/** Checks names and imports of every source file; prints what is wrong and ends with 1 if anything is. */
let faults = 0;
for (const path of globSync('{main,preload,renderer,test}/**/*.{ts,tsx}')
  .map((each) => each.replaceAll('\\', '/'))
  .toSorted()) {
  const found = importsOf(path, readFileSync(path, 'utf8')).map((each) => [each.specifier, importFault(path, each)] as const);
  for (const [what, fault] of [['its name', nameFault(path)] as const, ...found]) {
    if (fault === null) continue;
    faults += 1;
    console.error(`${path}: ${what}: ${fault}`);
  }
}
process.exitCode = faults === 0 ? 0 : 1;
