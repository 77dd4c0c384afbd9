import type { CommanderError } from 'commander';
import { Fault } from '../faults.ts';

const quoted = (message: string) => /'([^']*)'/.exec(message)?.[1] ?? '';

/** Commander's English complaints as faults of ours, in the language of the run. */
export function parserFault(error: CommanderError): Fault {
  const { code, message } = error;
  switch (code) {
    case 'commander.unknownCommand':
      return new Fault('input.verb.unknown', { params: { verb: quoted(message) } });
    case 'commander.unknownOption':
      return new Fault('input.option.unknown', { params: { option: quoted(message) } });
    case 'commander.optionMissingArgument':
      return new Fault('input.option.value-missing', { params: { option: optionName(quoted(message)) } });
    case 'commander.missingMandatoryOptionValue':
      return new Fault('input.option.missing', { params: { option: optionName(quoted(message)) } });
    case 'commander.missingArgument':
      return new Fault('input.argument.missing', { params: { argument: quoted(message).toUpperCase() } });
    case 'commander.excessArguments':
      return new Fault('input.argument.excess');
    case 'commander.help':
      return new Fault('input.verb.missing');
    default:
      return new Fault('input.usage', { params: { detail: message.replace(/^error: /, '') } });
  }
}

/** `--fqdn` out of `--fqdn <host>`. */
function optionName(flags: string): string {
  return flags.split(/[ =,]/)[0] ?? flags;
}
