import { stripVTControlCharacters } from 'node:util';
import { cutText } from '../visible-text.ts';

export interface TerminalOptions {
  readonly write: (text: string) => void;
  /** Width in columns; null where output is not a terminal. */
  readonly columns: () => number | null;
}

/** Standard error with at most one line that passes: progress, replaced by whatever is said next. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly live: (line: string) => void;
  /** Takes a passing line away. */
  readonly clear: () => void;
}

/** ECMA-48: carriage return, then erase in line, all of it (EL 2). */
const eraseLine = '\r\u001B[2K';

export function createTerminal({ write, columns }: TerminalOptions): Terminal {
  let passing = false;
  const clear = () => {
    if (passing) write(eraseLine);
    passing = false;
  };
  return {
    clear,
    print: (text) => {
      clear();
      write(text);
    },
    live: (line) => {
      const width = columns();
      if (width === null) {
        write(`${line}\n`);
        return;
      }
      clear();
      // A wrapped line could not be erased any more; one without a width (some consoles say 0) is left out.
      write(cutText(stripVTControlCharacters(line), Math.max(0, width - 1)));
      passing = true;
    },
  };
}
