import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { damagedRowFile, findDamaged, findToRemove, registrationExportPath, remove, takeOut } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { binDays, credentialView } from '../../credential/index.ts';
import { damagedDocument } from '../damaged-text.ts';
import { flag, textOption } from '../global-options.ts';
import { askYes } from '../narrator.ts';
import { optionText, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, requireTenant, withServices, type Session } from '../session.ts';

interface Wish {
  readonly credential: string;
  readonly purge: boolean;
  readonly deleteRegistration: boolean;
}

/** What is lost here is asked for first; what is lost in the tenant once its plan is shown. @throws Fault input.credential.unknown, input.declined */
async function ask({ services, globals }: Session, wish: Wish, { io, texts }: VerbContext): Promise<void> {
  const { name } = findToRemove(services.engine, wish);
  if (globals.yes) return;
  if (!(await askYes(texts.t(wish.purge ? 'remove.question.purge' : 'remove.question', { name, days: binDays }), io, texts)))
    throw new Fault('input.declined');
}

/** A row that cannot be read is moved into a file; what was wished beside that has nothing to be done with. */
async function removeDamaged({ services, globals }: Session, wish: Wish, out: string | undefined, context: VerbContext): Promise<void> {
  const { engine, directory } = services;
  const { io, texts } = context;
  const row = findDamaged(engine, wish.credential);
  const path = out === undefined ? join(directory, damagedRowFile(row, engine.clock.now())) : resolve(out);
  const said = { name: row.name ?? row.id, path };
  if (!globals.yes && !(await askYes(texts.t('remove.damaged.question', said), io, texts))) throw new Fault('input.declined');
  await takeOut(engine, row.id, path);
  if (globals.json) printJson({ damaged: damagedDocument(row), file: { path } }, context);
  else io.out(`${texts.t('remove.damaged.done', said)}\n`);
}

/** Whether it is a damaged row that is meant, and nothing but its removal from the list. */
function meansDamaged({ services }: Session, wish: Wish): boolean {
  try {
    findToRemove(services.engine, wish);
    return false;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'store.row-damaged' || wish.purge || wish.deleteRegistration) throw error;
    return true;
  }
}

export function addRemove(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('remove')
    .description(t('cli.verb.remove'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--purge', t('cli.option.purge'))
    .option('--delete-registration', t('cli.option.delete-registration'))
    .option('--confirm-name <name>', t('cli.option.confirm-name'), optionText('--confirm-name'))
    .option('--out <file>', t('cli.option.registration-export'), optionValue('--out'))
    .action(async (credential: string, options: Record<string, unknown>, command: Command) => {
      const wish: Wish = { credential, purge: flag(options, 'purge'), deleteRegistration: flag(options, 'deleteRegistration') };
      const confirmName = textOption(options, 'confirmName');
      const out = textOption(options, 'out');
      requireConsentToWrite(command, context);
      if (wish.deleteRegistration) requireTenant(command);
      await withServices(command, context, async (session) => {
        if (meansDamaged(session, wish)) {
          await removeDamaged(session, wish, out, context);
          return;
        }
        await ask(session, wish, context);
        const { engine, directory } = session.services;
        const mark = session.globals.practice === null ? '' : t('app.practice.mark');
        const exportTo = out === undefined ? registrationExportPath(directory, engine.clock.now(), mark) : resolve(out);
        const record = await remove(engine, { ...wish, exportTo, ...(confirmName === undefined ? {} : { confirmName }) }, session.run());
        const { purge: purged, deleteRegistration: registrationDeleted } = wish;
        if (session.globals.json) {
          printJson(
            { credential: credentialView(record), purged, registrationDeleted, ...(registrationDeleted ? { export: exportTo } : {}) },
            context,
          );
          return;
        }
        const lines = [t(purged ? 'remove.done.purged' : 'remove.done', { name: record.name, days: binDays })];
        if (registrationDeleted) lines.push(t('remove.done.registration', { days: binDays, path: exportTo }));
        context.io.out(`${lines.join('\n')}\n`);
      });
    });
}
