import { once } from 'node:events';
import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import { Fault } from '../../faults.ts';
import { startPractice } from '../../practice/index.ts';
import { practiceArchives } from '../../practice/mailstore/index.ts';
import { textOption } from '../global-options.ts';
import { optionValue } from '../option-value.ts';
import type { VerbContext } from '../program.ts';
import { jsonText } from '../../visible-text.ts';

type Knob = 'port' | 'tenants' | 'principals' | 'latency' | 'replication' | 'throttle' | 'seed';

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** A number of an option within its range. @throws Fault input.option.value-invalid */
function numberOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
  flagName: string,
  { least, most, whole }: Range,
): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < least || value > most || (whole && !Number.isInteger(value))) {
    throw new Fault('input.option.value-invalid', { params: { option: flagName, value: text, allowed: `${least}–${most}` } });
  }
  return value;
}

/** Milliseconds that a day is ahead; negative for one that is past. @throws Fault input.option.value-invalid */
function aheadOption(options: Readonly<Record<string, unknown>>): number {
  const text = textOption(options, 'date');
  if (text === undefined) return 0;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time))
    throw new Fault('input.option.value-invalid', { params: { option: '--date', value: text, allowed: 'YYYY-MM-DD' } });
  return time - systemClock.now().getTime();
}

const count = (least: number, most: number): Range => ({ least, most, whole: true });

export function addPractice(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const number = (name: Knob) => [`--${name} <number>`, t(`cli.option.practice.${name}`), optionValue(`--${name}`)] as const;
  program
    .command('practice')
    .description(t('cli.verb.practice'))
    .option(...number('port'))
    .option(...number('tenants'))
    .option(...number('principals'))
    .option(...number('latency'))
    .option(...number('replication'))
    .option(...number('throttle'))
    .option(...number('seed'))
    .option('--date <date>', t('cli.option.practice.date'), optionValue('--date'))
    .option('--log <file>', t('cli.option.practice.log'), optionValue('--log'))
    .action(async (options: Record<string, unknown>) => {
      const read = (name: Knob, range: Range) => numberOption(options, name, `--${name}`, range);
      const knobs = {
        latency: read('latency', count(0, 600_000)) ?? 0,
        throttle: read('throttle', { least: 0, most: 1, whole: false }) ?? 0,
        seed: read('seed', count(0, 2 ** 32 - 1)) ?? 1,
        exchangeAhead: aheadOption(options),
      };
      const replication = read('replication', count(0, 3_600_000));
      const logPath = textOption(options, 'log');
      const server = await startPractice({
        port: read('port', count(0, 65_535)) ?? 0,
        tenants: read('tenants', count(1, 1000)) ?? 1,
        principals: read('principals', count(0, 100_000)) ?? 20,
        knobs: replication === undefined ? knobs : { ...knobs, replication, updates: replication },
        ...(logPath === undefined ? {} : { logPath }),
      });
      const archives = practiceArchives(server);
      const beside = (await archives.servers()).map((each) => each.describe());
      context.io.out(`${jsonText({ ...server.describe(), mailstore: beside })}\n`);
      if (!context.io.signal.aborted) await once(context.io.signal, 'abort');
      await archives.close();
      await server.close();
    });
}
