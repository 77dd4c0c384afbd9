/**
 * The log file of the program: one line of JSON each, without secrets, whatever it is given. Rooms are handed a log and never
 * open one.
 */
export { openLog, silentLog } from './log.ts';
export type { Log, LogFields, LogFile, LogLevel, LogOptions } from './log.ts';
export { redact, redactSecrets } from './redact.ts';
export type { Redacted } from './redact.ts';
export { serviceText } from './redact-text.ts';
