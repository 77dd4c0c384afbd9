/**
 * Files that people give and get: read up to a size, decoded whatever their encoding, written anew without harm to what is
 * there, and closed to other accounts where they hold a key.
 */
export { firstLine, readPasswordFile } from './password-file.ts';
export { readAtMost } from './read-at-most.ts';
export { lastLines } from './read-end.ts';
export { textOf, utf16Of } from './text-of.ts';
export { writeNewFile } from './write-new-file.ts';
export type { SecretFile, WriteOptions } from './write-new-file.ts';
export { restrictAccess } from './restrict-access.ts';
