import type { Command } from 'commander';
import { annotationNames, credentialView, textFieldNames, textFields } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { edit, type Edits } from '../../registration/verbs/index.ts';
import { textOption } from '../global-options.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';
import { annotationOptions, withTextOptions } from '../text-options.ts';

/** @throws Fault input.option.missing, input.name.*, input.annotation.* */
function editsOf(options: Readonly<Record<string, unknown>>): Edits {
  const typed = textOption(options, 'name');
  const name = typed === undefined ? null : textFields.name.rule(typed);
  if (name?.ok === false) throw name.fault;
  const edits = { ...annotationOptions(options, annotationNames), ...(name === null ? {} : { name: name.value }) };
  if (Object.keys(edits).length === 0)
    throw new Fault('input.option.missing', { params: { option: textFieldNames.map((each) => `--${each}`).join(', ') } });
  return edits;
}

export function addEdit(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program.command('edit').description(t('cli.verb.edit')).argument('<credential>', t('cli.argument.credential'));
  withTextOptions(command, textFieldNames, context.texts).action(async (credential: string, options: Record<string, unknown>) => {
    const edits = editsOf(options);
    await withServices(command, context, ({ services, globals }) => {
      const record = edit(services.engine, credential, edits);
      if (globals.json) printJson({ credential: credentialView(record) }, context);
      else context.io.out(`${t('edit.done', { name: record.name })}\n`);
      return Promise.resolve();
    });
  });
}
