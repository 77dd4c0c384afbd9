import { pathToFileURL } from 'node:url';

/** What launcher.c runs: `node run-unpacked.ts PATH-OF-ENTRY [arguments of the program]`. */
const [node = '', self = '', entry = '', ...given] = process.argv;
process.argv = [node, self, pathToFileURL(entry).href, ...given];
await import('../../release/command-line/run.ts');
