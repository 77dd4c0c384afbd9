import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { ewsDaysLeft, ewsOfAll, ewsOfTenant, readEwsUsage, type EwsOutcome, type EwsTenant } from '../../registration/index.ts';
import { exitCodeOf, exitCodes, worst } from '../exit-codes.ts';
import { flag, globalOptions, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { faultDocument, faultLine, printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';

/** One tenant for people: its name, whose token was taken, and a line for each application. */
function tenantText({ tenantName, tenantId, readBy, holders, unused }: EwsTenant, { texts }: VerbContext): string {
  const { t } = texts;
  const by =
    'credential' in readBy
      ? t('ews.by-credential', { name: readBy.credential })
      : t('ews.by-administrator', { name: readBy.administrator });
  const head = `${tenantName} (${tenantId}), ${by}\n`;
  if (holders.length === 0) return `${head}  ${t('ews.none')}\n`;
  const rows = holders.map(({ name, clientId, permissions, publisher, owner, ours, calls }) => [
    `  ${name}`,
    clientId,
    permissions.join(', '),
    ours ? t('ews.ours') : (publisher ?? t(`ews.owner.${owner}`)),
    calls === null ? '' : t('ews.calls', { calls }),
  ]);
  const idle = unused.length === 0 ? '' : `  ${t('ews.unused', { names: unused.map(({ name }) => name).join(', ') })}\n`;
  return `${head}${table(rows)}${idle}`;
}

function outcomeText(outcome: EwsOutcome, context: VerbContext): string {
  if ('tenant' in outcome) return tenantText(outcome.tenant, context);
  return `${outcome.tenantName || outcome.tenantId}: ${faultLine(outcome.fault, context.texts)}`;
}

/** Which applications still hang on EWS. */
export function addEws(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('ews')
    .description(t('cli.verb.ews'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--all', t('cli.option.all'))
    .option('--sign-in', t('cli.option.ews.sign-in'))
    .option('--usage <file>', t('cli.option.ews.usage'), optionValue('--usage'))
    .action(async (credential: string | undefined, options: Readonly<Record<string, unknown>>, command: Command) => {
      const all = flag(options, 'all');
      const { tenant } = globalOptions(command);
      if (all && credential !== undefined) throw new Fault('input.argument.excess');
      if (all && tenant !== undefined) throw optionConflict('--all', '--tenant');
      if (!all && credential === undefined && tenant === undefined)
        throw new Fault('input.argument.missing', { params: { argument: 'CREDENTIAL' } });
      const path = textOption(options, 'usage');
      const usage = path === undefined ? null : await readEwsUsage(path);
      await withServices(command, context, async ({ services, globals, run }) => {
        const { engine } = services;
        const outcomes: EwsOutcome[] = [];
        const told = (outcome: EwsOutcome): void => {
          outcomes.push(outcome);
          if (!globals.json) context.io.out(outcomeText(outcome, context));
        };
        const request = { usage, signIn: flag(options, 'signIn') };
        if (all) await ewsOfAll(engine, request, run(), told);
        else told({ tenant: await ewsOfTenant(engine, globals.cloud, credential ?? null, request, run()) });
        const daysLeft = ewsDaysLeft(engine.clock.now());
        const tenants = outcomes.map((outcome) =>
          'tenant' in outcome
            ? outcome.tenant
            : { tenantId: outcome.tenantId, tenantName: outcome.tenantName, ...faultDocument(outcome.fault, context.texts) },
        );
        if (globals.json) printJson({ daysLeft, tenants }, context);
        else context.io.out(`${outcomes.length === 0 ? `${t('list.empty')}\n` : ''}${t('ews.days-left', { days: daysLeft })}\n`);
        context.end(worst(outcomes.map((outcome) => ('fault' in outcome ? exitCodeOf(outcome.fault.code) : exitCodes.done))));
      });
    });
}
