import { visibleText } from '../visible-text.ts';
import type { CommandLineIo } from './io.ts';

/** The same terminal, on which nothing is obeyed but our own line breaks, whatever a verb or the parser writes. */
export function visibleIo(io: CommandLineIo): CommandLineIo {
  return {
    ...io,
    out: (text) => io.out(visibleText(text)),
    err: (text) => io.err(visibleText(text)),
    live: (line) => io.live(visibleText(line)),
    ask: (question) => io.ask(visibleText(question)),
    askHidden: (question) => io.askHidden(visibleText(question)),
  };
}
