import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CredentialRecord } from '../../credential/index.ts';
import { isMailbox } from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import {
  everyLoss,
  exchangeStepFile,
  expectationsOf,
  readExchangeResult,
  type Engine,
  type ExchangeLosses,
  type ExchangeResult,
  type ExchangeStepName,
  type Expectation,
  type Loss,
} from '../../registration/index.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { textOption } from '../global-options.ts';
import { optionConflict, optionValue, repeated } from '../option-value.ts';
import type { VerbContext } from '../program.ts';

type Options = Readonly<Record<string, unknown>>;

const steps = ['allow-list', 'imap', 'rbac', 'losses'] as const;

/** What is asked for of the scripts for an Exchange administrator. */
export interface StepOptions {
  /** Null: the one for the allow list. */
  readonly step: ExchangeStepName | null;
  readonly mailboxes: readonly string[];
  readonly group: string | null;
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

export const addStepOptions = (command: Command, { t }: VerbContext['texts']): Command =>
  command
    .option('--script <file>', t('cli.option.ews.script'), optionValue('--script'))
    .option('--for <step>', t('cli.option.ews.for'), optionValue('--for', steps))
    .option('--mailbox <address>', t('cli.option.ews.mailbox'), repeated('--mailbox'))
    .option('--group <address>', t('cli.option.ews.group'), optionValue('--group'))
    .option('--result <file>', t('cli.option.ews.result'), repeated('--result'))
    .option('--force', t('cli.option.force'));

/**
 * The options that belong to a script, checked against each other.
 *
 * @throws Fault input.option.*, ews.script-one-application
 */
export function stepOptions(options: Options, credential: string | undefined): StepOptions {
  const name = steps.find((each) => each === options['for']) ?? 'allow-list';
  const step = name === 'allow-list' ? null : name;
  const mailboxes = listOf(options['mailbox']);
  const group = textOption(options, 'group') ?? null;
  const aboutMailboxes = step === 'imap' || step === 'rbac';
  if (options['for'] !== undefined && options['script'] === undefined && options['result'] === undefined)
    throw new Fault('input.option.missing', { params: { option: '--script' } });
  if ((options['script'] !== undefined || step !== null) && credential === undefined) throw new Fault('ews.script-one-application');
  if (!aboutMailboxes && mailboxes.length > 0) throw optionConflict('--mailbox', `--for ${name}`);
  if (!aboutMailboxes && group !== null) throw optionConflict('--group', `--for ${name}`);
  for (const [option, values] of [
    ['--mailbox', mailboxes],
    ['--group', group === null ? [] : [group]],
  ] as const) {
    const value = values.find((each) => !isMailbox(each));
    if (value !== undefined) throw new Fault('input.option.value-invalid', { params: { option, value, allowed: 'name@example.com' } });
  }
  if (step === 'rbac' && options['script'] !== undefined) {
    if (group !== null && mailboxes.length > 0) throw optionConflict('--group', '--mailbox');
    if (group === null && mailboxes.length === 0) throw new Fault('input.option.missing', { params: { option: '--group' } });
  }
  return { step, mailboxes, group };
}

/** @throws Fault track.file-unreadable, track.file-too-large, ews.result-unreadable */
export const readResults = (options: Options): Promise<ExchangeResult[]> =>
  Promise.all(listOf(options['result']).map((path) => readExchangeResult(path)));

/** What administrators have found that EWS alone can archive, by tenant id. */
export const lossesIn = (results: readonly ExchangeResult[]): ReadonlyMap<string, ExchangeLosses> =>
  new Map(results.flatMap((result) => (result.kind === 'losses' ? [[result.tenantId, result] as const] : [])));

/** What a script has come to, and what was expected of it. */
export interface CheckedResult {
  readonly kind: ExchangeResult['kind'];
  readonly tenantId: string;
  /** When it was read, ISO 8601 UTC. */
  readonly at: string;
  readonly whatIf: boolean;
  readonly expectations: readonly Expectation[];
  /** What was found that EWS alone can archive; empty where that was not looked for. */
  readonly losses: readonly Loss[];
}

const ofApplication = (records: readonly CredentialRecord[], tenantId: string, appId: string): CredentialRecord | null =>
  records.find((record) => record.tenantId.toLowerCase() === tenantId && record.clientId?.toLowerCase() === appId) ?? null;

export function checkedResults({ store }: Pick<Engine, 'store'>, results: readonly ExchangeResult[]): CheckedResult[] {
  const records = store.list();
  return results.map((result) => {
    const { kind, tenantId, at, whatIf } = result;
    const record = result.kind === 'losses' ? null : ofApplication(records, tenantId, result.appId);
    const losses = result.kind === 'losses' ? everyLoss({ exchange: result, licences: null }).filter(({ count }) => count !== null) : [];
    return { kind, tenantId, at, whatIf, expectations: expectationsOf(result, record), losses };
  });
}

/** What was found that a move may lose; empty where nothing was. */
export function lossesFound(losses: readonly Loss[], { t }: VerbContext['texts']): string {
  const found = losses.flatMap(({ loss, count }) => (count === null || count === 0 ? [] : [t(`ews.loss.${loss}`, { count })]));
  return found.length === 0 ? '' : `${t('ews.losses', { found: found.join(', ') })}\n`;
}

/**
 * One line for each result, and one for each thing that is not as expected.
 *
 * @param withLosses false where they stand beside the tenant already
 */
export function resultsText(results: readonly CheckedResult[], withLosses: boolean, { texts }: VerbContext): string {
  const { t } = texts;
  return results
    .filter(({ kind }) => kind !== 'losses' || withLosses)
    .map(({ kind, at, expectations, losses }) => {
      if (kind === 'losses') return lossesFound(losses, texts) || `${t('ews.losses-none')}\n`;
      const unmet = expectations.filter(({ met }) => !met);
      const head = t('ews.result', { step: t(`ews.step.${kind}`), when: texts.date(new Date(at)), unmet: unmet.length });
      const lines = unmet.map(({ expected, otherwise }) => `  ${t(`ews.expected.${expected}`)}: ${otherwise.join(', ')}`);
      return `${[head, ...lines].join('\n')}\n`;
    })
    .join('');
}

export const resultsCode = (results: readonly CheckedResult[]): ExitCode =>
  results.some(({ expectations }) => expectations.some(({ met }) => !met)) ? exitCodes['check-failed'] : exitCodes.done;

/** A result of another tenant says nothing of this credential's. @throws Fault ews.result-other-tenant */
export function requireSameTenant(results: readonly ExchangeResult[], { tenantId }: CredentialRecord): void {
  const stray = results.find((result) => result.tenantId !== tenantId.toLowerCase());
  if (stray !== undefined) throw new Fault('ews.result-other-tenant', { params: { tenant: stray.tenantId } });
}

/** Writes a script that needs nothing read of the tenant. @throws Fault ews.step-*, credential.*, file.* */
export async function writeStep(
  path: string,
  { store, clock }: Engine,
  credential: string,
  options: StepOptions & { readonly step: ExchangeStepName },
  force: boolean,
): Promise<void> {
  await writeNewFile(resolve(path), exchangeStepFile(store.find(credential), options, clock.now()), { force });
}
