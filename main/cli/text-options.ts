import type { Command } from 'commander';
import { givenAnnotations, textFields, type Annotations, type TextFieldName } from '../credential/index.ts';
import type { Texts } from '../texts/index.ts';
import { textOption } from './global-options.ts';
import { optionText } from './option-value.ts';

/** Gives a verb the options of these fields: `--customer <text>`. An empty text takes away what is there. */
export function withTextOptions(command: Command, names: readonly TextFieldName[], { t }: Texts): Command {
  for (const name of names) command.option(`--${name} <text>`, t(textFields[name].option), optionText(`--${name}`));
  return command;
}

/** The annotations that were given. @throws Fault input.annotation.* */
export function annotationOptions(options: Readonly<Record<string, unknown>>, names: readonly (keyof Annotations)[]): Partial<Annotations> {
  return givenAnnotations(Object.fromEntries(names.map((name) => [name, textOption(options, name)])));
}
