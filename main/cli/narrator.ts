import type { Preview, Progress } from '../registration/engine.ts';
import { progressLine } from '../registration/run/progress-text.ts';
import { planLine } from '../registration/run/report.ts';
import { findingText } from '../registration/describe.ts';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

/** Steps of the guide as they happen, on standard error: what is under way passes, what was done stays. */
export function narrator(io: CommandLineIo, texts: Texts): (event: Progress) => void {
  return (event) => {
    const { step, text, outcome } = progressLine(event, texts);
    const line = `${step.padEnd(4)} ${text.replaceAll('\n', '\n     ')}`;
    if (outcome === 'doing' || outcome === 'waiting') io.live(line);
    else io.err(`${line}\n`);
  };
}

/** Only a clear yes in the language of the run counts. */
export async function askYes(question: string, io: CommandLineIo, { t }: Texts): Promise<boolean> {
  const answer = await io.ask(`${question} `);
  return t('plan.yes').split(' ').includes(answer.trim().toLowerCase());
}

/** Shows what will change and asks. */
export function askToApply(preview: Preview, io: CommandLineIo, texts: Texts): Promise<boolean> {
  const { tenant } = preview;
  const whose = { tenant: tenant.displayName, domain: tenant.defaultDomain };
  io.err(`\n${texts.t('plan.heading', whose)}\n`);
  for (const planned of preview.changes) {
    const { step, reason, removes } = planLine(planned, texts);
    io.err(`  ${removes ? '−' : '+'} ${step.padEnd(4)} ${reason}\n`);
  }
  for (const finding of preview.findings)
    io.err(`  · ${findingText(finding, texts)}${finding.acceptable ? ` (--accept ${finding.id})` : ''}\n`);
  return askYes(texts.t('plan.question', whose), io, texts);
}
