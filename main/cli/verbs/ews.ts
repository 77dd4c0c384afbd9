import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import {
  switchOfResult,
  type Engine,
  type ExchangeResult,
  type EwsSwitch,
  ewsDaysLeft,
  ewsOfAll,
  ewsOfTenant,
  ewsScriptFile,
  readEwsUsage,
  type EwsOutcome,
  type EwsTenant,
} from '../../registration/index.ts';
import { exitCodeOf, exitCodes, worst } from '../exit-codes.ts';
import { flag, globalOptions, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { faultDocument, faultLine, printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';
import {
  addStepOptions,
  checkedResults,
  lossesFound,
  lossesIn,
  readResults,
  requireSameTenant,
  resultsCode,
  resultsText,
  stepOptions,
  writeStep,
} from './ews-steps.ts';

const switchText = ({ enabled, allowed, source }: NonNullable<EwsTenant['switch']>, texts: VerbContext['texts']): string =>
  texts.t('ews.switch', {
    enabled: enabled === null ? 'null' : String(enabled),
    count: allowed?.length ?? 0,
    when: texts.date(new Date(source)),
  });

/** Why the report of sign-ins names nobody; empty where it was read. */
const signInText = ({ signInReport }: EwsTenant, t: VerbContext['texts']['t']): string =>
  signInReport === 'read' ? '' : `  ${t(`ews.sign-ins.${signInReport}`)}\n`;

/** What was found that a move may lose, and what nobody has looked for. */
function lossesText({ losses }: EwsTenant, texts: VerbContext['texts']): string {
  const { t } = texts;
  const found = lossesFound(losses, texts);
  const unread = losses.filter(({ count }) => count === null).map(({ loss }) => t(`ews.loss.${loss}.name`));
  return [
    ...(found === '' ? [] : [`  ${found}`]),
    ...(unread.length === 0 ? [] : [`  ${t('ews.losses-unread', { names: unread.join(', ') })}\n`]),
  ].join('');
}

/** One tenant for people: its name, whose token was taken, and a line for each application. */
function tenantText(tenant: EwsTenant, { texts }: VerbContext): string {
  const { tenantName, tenantId, readBy, holders, unused } = tenant;
  const { t } = texts;
  const by =
    'credential' in readBy
      ? t('ews.by-credential', { name: readBy.credential })
      : t('ews.by-administrator', { name: readBy.administrator });
  const told = tenant.switch === null ? '' : `  ${switchText(tenant.switch, texts)}\n`;
  const head = `${tenantName} (${tenantId}), ${by}\n${told}`;
  if (holders.length === 0) return `${head}  ${t('ews.none')}\n`;
  const rows = holders.map(({ name, clientId, permissions, publisher, owner, owners, ours, lastSignIn, calls }) => [
    `  ${name}`,
    clientId,
    permissions.join(', '),
    ours ? t('ews.ours') : (publisher ?? t(`ews.owner.${owner}`)),
    owners.length === 0 ? '' : t('ews.owners', { names: owners.join(', ') }),
    lastSignIn === null ? '' : t('ews.last-sign-in', { day: texts.date(new Date(lastSignIn)) }),
    calls === null ? '' : t('ews.calls', { calls }),
  ]);
  const idle = unused.length === 0 ? '' : `  ${t('ews.unused', { names: unused.map(({ name }) => name).join(', ') })}\n`;
  return `${head}${table(rows)}${idle}${signInText(tenant, t)}${lossesText(tenant, texts)}`;
}

function outcomeText(outcome: EwsOutcome, context: VerbContext): string {
  if ('tenant' in outcome) return tenantText(outcome.tenant, context);
  return `${outcome.tenantName || outcome.tenantId}: ${faultLine(outcome.fault, context.texts)}`;
}

/** What administrators have read of their tenants' switches, by tenant id. */
const switchesOf = (results: readonly ExchangeResult[]): ReadonlyMap<string, EwsSwitch> =>
  new Map(results.flatMap((result) => switchOfResult(result) ?? []).map((each) => [each.tenantId, each]));

/** A result of another tenant says nothing of the one that was asked about. @throws Fault ews.result-other-tenant */
function requireTold(results: readonly ExchangeResult[], outcomes: readonly EwsOutcome[], all: boolean): void {
  const asked = outcomes.map((outcome) => ('tenant' in outcome ? outcome.tenant.tenantId : outcome.tenantId).toLowerCase());
  const stray = results.find(({ tenantId }) => !asked.includes(tenantId));
  if (!all && stray !== undefined) throw new Fault('ews.result-other-tenant', { params: { tenant: stray.tenantId } });
}

/** The script for an Exchange administrator, everything filled in. @throws Fault file.* */
async function writeScript(
  path: string,
  engine: Engine,
  credential: string,
  outcomes: readonly EwsOutcome[],
  force: boolean,
): Promise<void> {
  const { clientId, cloud, name, appName } = engine.store.find(credential);
  if (clientId === null) throw new Fault('credential.client-id-needed');
  for (const outcome of outcomes) {
    if (!('tenant' in outcome)) continue;
    await writeNewFile(resolve(path), ewsScriptFile(engine, outcome.tenant, { cloud, clientId, name: appName || name }), { force });
  }
}

/** Which applications still hang on EWS. */
export function addEws(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const ews = program
    .command('ews')
    .description(t('cli.verb.ews'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--all', t('cli.option.all'))
    .option('--sign-in', t('cli.option.ews.sign-in'))
    .option('--usage <file>', t('cli.option.ews.usage'), optionValue('--usage'));
  addStepOptions(ews, context.texts).action(
    async (credential: string | undefined, options: Readonly<Record<string, unknown>>, command: Command) => {
      const all = flag(options, 'all');
      const { tenant } = globalOptions(command);
      if (all && credential !== undefined) throw new Fault('input.argument.excess');
      if (all && tenant !== undefined) throw optionConflict('--all', '--tenant');
      if (!all && credential === undefined && tenant === undefined)
        throw new Fault('input.argument.missing', { params: { argument: 'CREDENTIAL' } });
      const path = textOption(options, 'usage');
      const usage = path === undefined ? null : await readEwsUsage(path);
      const script = textOption(options, 'script');
      const asked = stepOptions(options, credential);
      const results = await readResults(options);
      const switches = switchesOf(results);
      await withServices(command, context, async ({ services, globals, run }) => {
        const { engine } = services;
        const outcomes: EwsOutcome[] = [];
        const told = (outcome: EwsOutcome): void => {
          outcomes.push(outcome);
          if (!globals.json) context.io.out(outcomeText(outcome, context));
        };
        const request = { usage, switches, losses: lossesIn(results), signIn: flag(options, 'signIn') };
        if (credential !== undefined && asked.step !== null) {
          requireSameTenant(results, engine.store.find(credential));
          if (script !== undefined) await writeStep(script, engine, credential, { ...asked, step: asked.step }, flag(options, 'force'));
        } else if (all) await ewsOfAll(engine, request, run(), told);
        else told({ tenant: await ewsOfTenant(engine, globals.cloud, credential ?? null, request, run()) });
        if (asked.step === null) requireTold(results, outcomes, all);
        for (const read of switches.values()) engine.ewsSwitches.keep(read);
        for (const read of request.losses.values()) engine.ewsLosses.keep(read);
        if (asked.step === null && script !== undefined && credential !== undefined)
          await writeScript(script, engine, credential, outcomes, flag(options, 'force'));
        const daysLeft = ewsDaysLeft(engine.clock.now());
        const tenants = outcomes.map((outcome) =>
          'tenant' in outcome
            ? outcome.tenant
            : { tenantId: outcome.tenantId, tenantName: outcome.tenantName, ...faultDocument(outcome.fault, context.texts) },
        );
        const checked = checkedResults(engine, results);
        if (globals.json) printJson({ daysLeft, ...(results.length === 0 ? {} : { results: checked }), tenants }, context);
        else {
          if (script !== undefined) context.io.out(`${t('ews.script-written', { path: resolve(script) })}\n`);
          const nobody = all && outcomes.length === 0 ? `${t('list.empty')}\n` : '';
          context.io.out(`${nobody}${resultsText(checked, asked.step !== null, context)}${t('ews.days-left', { days: daysLeft })}\n`);
        }
        context.end(
          worst([
            resultsCode(checked),
            ...outcomes.map((outcome) => ('fault' in outcome ? exitCodeOf(outcome.fault.code) : exitCodes.done)),
          ]),
        );
      });
    },
  );
}
