import { CommanderError } from 'commander';
import { asFault, Fault } from '../faults.ts';
import { serviceText } from '../log/index.ts';
import { chooseLanguage, createTexts, type Language } from '../texts/index.ts';
import { jsonText } from '../visible-text.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import type { CommandLineIo } from './io.ts';
import { visibleIo } from './visible-io.ts';
import { faultDocument, faultLine } from './output.ts';
import { parserFault } from './parser-fault.ts';
import { normaliseArguments } from './arguments.ts';
import { buildProgram } from './program.ts';

/** Before the parser has spoken: it may be the parser that fails, and its failure has to be in this language too. */
export function languageOf(args: readonly string[], io: Pick<CommandLineIo, 'env'>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : args[at]?.includes('=') ? args[at]?.slice('--lang='.length) : args[at + 1];
  return chooseLanguage(asked, io.env);
}

/** Says what happened and what to do, once, on standard error; as a document on standard output with `--json`. */
function reportFault(fault: Fault, language: Language, json: boolean, io: CommandLineIo): ExitCode {
  const texts = createTexts(language);
  io.err(faultLine(fault, texts));
  if (fault.kind === 'bug')
    io.err(
      `${serviceText(fault.cause instanceof Error ? (fault.cause.stack ?? fault.cause.message) : String(fault.cause))}\n${fault.correlationId}\n`,
    );
  if (json) io.out(`${jsonText(faultDocument(fault, texts), 2)}\n`);
  return exitCodeOf(fault.code);
}

/**
 * Runs one command line to its end.
 *
 * @param args without node and script
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[], hostIo: CommandLineIo): Promise<ExitCode> {
  const io = visibleIo(hostIo);
  const given = normaliseArguments(args);
  const language = languageOf(given, io);
  const json = given.includes('--json');
  let code: ExitCode = exitCodes.done;
  try {
    const program = await buildProgram(given, io, createTexts(language), (ended) => {
      code = ended;
    });
    if (given.length === 0) {
      program.outputHelp();
      throw new Fault('input.verb.missing');
    }
    await program.parseAsync(given, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done; // help and version are not failures
      return reportFault(parserFault(error), language, json, io);
    }
    const aborted = io.signal.aborted && !(error instanceof Fault && error.kind !== 'bug');
    return reportFault(aborted ? new Fault('interrupted', { cause: error }) : asFault(error), language, json, io);
  }
}
