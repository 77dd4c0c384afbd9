import type { Command } from 'commander';
import { annotationNames, credentialView, textFieldNames, textFields, type CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { edit, linkServer, unlinkServer, type Edits } from '../../registration/verbs/index.ts';
import { textOption } from '../global-options.ts';
import { optionConflict, optionText, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices, type Session } from '../session.ts';
import { annotationOptions, withTextOptions } from '../text-options.ts';

type Options = Readonly<Record<string, unknown>>;

/** @throws Fault input.option.missing, input.name.*, input.annotation.* */
function editsOf(options: Options): Edits {
  const typed = textOption(options, 'name');
  const name = typed === undefined ? null : textFields.name.rule(typed);
  if (name?.ok === false) throw name.fault;
  const edits = { ...annotationOptions(options, annotationNames), ...(name === null ? {} : { name: name.value }) };
  if (Object.keys(edits).length === 0)
    throw new Fault('input.option.missing', {
      params: { option: [...textFieldNames.map((each) => `--${each}`), '--mailstore', '--no-mailstore'].join(', ') },
    });
  return edits;
}

type Change = (session: Session, credential: string) => CredentialRecord;

/**
 * Which server holds it, or that none is known to; one thing at a time, so that a fault leaves all as it was.
 *
 * @returns null where it is about something else
 * @throws Fault input.option.conflict, input.option.missing
 */
function linkOf(options: Options): Change | null {
  const server = textOption(options, 'mailstore');
  const instance = textOption(options, 'instance') ?? null;
  if (server === undefined && options['mailstore'] !== false) {
    if (instance !== null) throw new Fault('input.option.missing', { params: { option: '--mailstore' } });
    return null;
  }
  const option = server === undefined ? '--no-mailstore' : '--mailstore';
  const other = textFieldNames.find((each) => options[each] !== undefined);
  if (other !== undefined) throw optionConflict(option, `--${other}`);
  if (server === undefined && instance !== null) throw optionConflict(option, '--instance');
  return ({ services: { engine } }, credential) =>
    server === undefined ? unlinkServer(engine, credential) : linkServer(engine, credential, server, instance);
}

function changeOf(options: Options): Change {
  const link = linkOf(options);
  if (link !== null) return link;
  const edits = editsOf(options);
  return ({ services }, credential) => edit(services.engine, credential, edits);
}

export function addEdit(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program.command('edit').description(t('cli.verb.edit')).argument('<credential>', t('cli.argument.credential'));
  withTextOptions(command, textFieldNames, context.texts)
    .option('--mailstore <name>', t('cli.option.edit.link'), optionText('--mailstore'))
    .option('--no-mailstore', t('cli.option.edit.unlink'))
    .option('--instance <id>', t('cli.option.instance'), optionValue('--instance'));
  command.action(async (credential: string, options: Options) => {
    const change = changeOf(options);
    await withServices(command, context, (session) => {
      const record = change(session, credential);
      if (session.globals.json) printJson({ credential: credentialView(record) }, context);
      else context.io.out(`${t('edit.done', { name: record.name })}\n`);
      return Promise.resolve();
    });
  });
}
