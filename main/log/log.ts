import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import type { RotatingFileStream } from 'rotating-file-stream';
import { jsonText } from '../visible-text.ts';
import { redact } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What happened, as values: no sentences, no interpolation. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Events have stable dotted names, e.g. `certificate.created`. Logging never throws and never waits. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): Log;
}

export interface LogFile extends Log {
  readonly path: string;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

export interface LogOptions {
  /** Also events of level `debug`. */
  readonly verbose?: boolean;
  /** Window and command line write files of their own, because each renames its file when it is full. */
  readonly program?: 'window' | 'command-line';
  /** Gets every line as well, already redacted. */
  readonly echo?: (line: string) => void;
  readonly now?: () => Date;
}

/**
 * JSON lines in `directory`, one file and four older ones of 2 MB each, mode 0600. Redaction happens here and cannot be
 * switched off. A log that cannot be written is given up quietly: it must not stop the work it reports on.
 */
export function openLog(directory: string, options: LogOptions = {}): LogFile {
  const { verbose = false, program = 'command-line', echo, now = () => new Date() } = options;
  const sink = openSink(directory, program);
  const write = (level: LogLevel, event: string, fields: LogFields): void => {
    const fixed = { time: now(), level, event, process: process.pid };
    const line = jsonText(redact({ ...fixed, ...fields, ...fixed })); // first for the reader, last against fields of the same name
    sink.write(`${line}\n`);
    echo?.(line);
  };
  return { ...leveled(write, {}, verbose), path: sink.path, close: sink.close };
}

/** Where nothing is to be kept. */
export const silentLog: Log = leveled(() => {}, {}, false);

function leveled(write: (level: LogLevel, event: string, fields: LogFields) => void, bound: LogFields, verbose: boolean): Log {
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) =>
      write(level, event, { ...bound, ...fields });
  return {
    debug: verbose ? at('debug') : () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => leveled(write, { ...bound, ...fields }, verbose),
  };
}

interface Sink {
  readonly path: string;
  readonly write: (line: string) => void;
  readonly close: () => Promise<void>;
}

function openSink(directory: string, program: string): Sink {
  const name = (index: number | Date | null): string => (typeof index === 'number' ? `${program}.${index}.log` : `${program}.log`);
  let stream: RotatingFileStream | null = null;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    stream = createStream(name, { path: directory, size: '2M', rotate: 4, mode: 0o600 });
    stream.on('error', () => {
      stream = null;
    });
  } catch {
    // given up, see openLog
  }
  return {
    path: join(directory, name(null)),
    write: (line) => void stream?.write(line),
    close: () =>
      new Promise((resolve) => {
        const open = stream;
        stream = null;
        if (open === null) resolve();
        else open.end(() => resolve());
      }),
  };
}
