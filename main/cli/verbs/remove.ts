import { resolve } from 'node:path';
import type { Command } from 'commander';
import { binDays, findToRemove, registrationExportPath, remove } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { credentialView } from '../../registration/run/report.ts';
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
