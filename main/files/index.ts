export { firstLine, readPasswordFile } from './password-file.ts';
export { writeNewFile } from './write-new-file.ts';
export type { WriteOptions } from './write-new-file.ts';
