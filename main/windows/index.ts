/**
 * Programs of Windows, run and read: from the system’s own folder, in the code page of their console.
 */
export { oemText } from './oem-text.ts';
export { runProgram, systemProgram } from './run-program.ts';
export type { Program, ProgramEnded, RunProgram } from './run-program.ts';
