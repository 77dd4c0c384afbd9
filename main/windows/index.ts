export { oemText } from './oem-text.ts';
export { runProgram, systemProgram } from './run-program.ts';
export type { Program, ProgramEnded, RunProgram } from './run-program.ts';
