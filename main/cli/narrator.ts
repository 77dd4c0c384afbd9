import type { Preview, Progress } from '../registration/operations/engine.ts';
import { progressLine } from '../registration/operations/progress-text.ts';
import { planLine } from '../registration/operations/report.ts';
import { findingText } from '../registration/describe.ts';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

/** Steps of the guide as they happen, on standard error: a transient line is replaced on a terminal, plain lines elsewhere. */
export function narrator(io: CommandLineIo, texts: Texts): (event: Progress) => void {
  let transient = false;
  return (event) => {
    const { step, text, outcome } = progressLine(event, texts);
    const passing = outcome === 'doing' || outcome === 'waiting';
    const indented = text.replaceAll('\n', '\n     ');
    const erase = transient && io.interactive ? '\r\u001B[2K' : '';
    io.err(`${erase}${step.padEnd(4)} ${indented}${passing && io.interactive ? '' : '\n'}`);
    transient = passing && io.interactive;
  };
}

/** Shows what will change and asks; only a clear yes applies it. */
export async function askToApply(preview: Preview, io: CommandLineIo, texts: Texts): Promise<boolean> {
  const { tenant } = preview;
  io.err(`\n${texts.t('plan.heading', { tenant: tenant.displayName, domain: tenant.defaultDomain })}\n`);
  for (const planned of preview.changes) {
    const { step, reason, removes } = planLine(planned, texts);
    io.err(`  ${removes ? '−' : '+'} ${step.padEnd(4)} ${reason}\n`);
  }
  for (const finding of preview.findings) io.err(`  · ${findingText(finding, texts)}${finding.acceptable ? ` (--accept ${finding.id})` : ''}\n`);
  const answer = await io.ask(`${texts.t('plan.question', { tenant: tenant.displayName, domain: tenant.defaultDomain })} `);
  return texts.t('plan.yes').split(' ').includes(answer.trim().toLowerCase());
}
