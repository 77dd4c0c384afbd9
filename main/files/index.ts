export { firstLine, readPasswordFile } from './password-file.ts';
export { readAtMost } from './read-at-most.ts';
export { lastLines } from './read-end.ts';
export { textOf, utf16Of } from './text-of.ts';
export { writeNewFile } from './write-new-file.ts';
export type { SecretFile, WriteOptions } from './write-new-file.ts';
export { restrictAccess } from './restrict-access.ts';
