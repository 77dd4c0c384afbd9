import type { Preview, Progress } from '../registration/engine.ts';
import { progressLine } from '../registration/run/progress-text.ts';
import { planLine } from '../registration/run/report.ts';
import { stepsWidth, stepText } from '../servers/index.ts';
import { findingText } from '../registration/describe.ts';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

/** The steps as they happen, on standard error: what is under way passes, what was done stays. */
export function narrator(io: CommandLineIo, texts: Texts): (event: Progress) => void {
  return (event) => {
    const { step, text, outcome } = progressLine(event, texts);
    const width = stepsWidth(texts);
    const line = `${stepText(step, texts).padEnd(width)} ${text.replaceAll('\n', `\n${' '.repeat(width + 1)}`)}`;
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
  if (preview.again === true) io.err(`\n${texts.t('plan.again')}\n`);
  io.err(`\n${texts.t('plan.heading', whose)}\n`);
  for (const planned of preview.changes) {
    const { step, reason, removes } = planLine(planned, texts);
    io.err(`  ${removes ? '−' : '+'} ${stepText(step, texts).padEnd(stepsWidth(texts))} ${reason}\n`);
  }
  for (const finding of preview.findings)
    io.err(`  · ${findingText(finding, texts)}${finding.acceptable ? ` (--accept ${finding.id})` : ''}\n`);
  for (const notice of preview.notices) io.err(`  ! ${notice}\n`);
  return askYes(texts.t('plan.question', whose), io, texts);
}
