import { clouds } from '../clouds/index.ts';
import type { Preview, Progress } from '../registration/operations/engine.ts';
import { planLine } from '../registration/operations/report.ts';
import { findingText } from '../registration/describe.ts';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

function line(event: Progress, texts: Texts): string {
  const { t } = texts;
  switch (event.kind) {
    case 'signing-in':
      return `G1   ${t('progress.signing-in')}`;
    case 'signed-in':
      return `G1   ${t('progress.signed-in', { username: event.username, tenant: event.tenantId })}${event.mayConsent ? '' : `\n     ${t('progress.may-not-consent')}`}`;
    case 'reading':
      return `     ${t('progress.reading')}`;
    case 'creating-certificate':
      return `G6   ${t('progress.creating-certificate', { keySize: event.keySize })}`;
    case 'change': {
      const { step, reason } = planLine(event.planned, texts);
      return `${step.padEnd(4)} ${reason}${event.outcome === 'refused' ? ` – ${t('progress.refused')}` : ''}`;
    }
    case 'pause':
      return `     ${t(event.waitingFor === 'token' ? 'progress.pause.token' : 'progress.pause.replication', { seconds: Math.ceil(event.ms / 1000) })}`;
    case 'verifying':
      return `     ${t('progress.verifying')}`;
    case 'signed-out': {
      const { authority, portal } = clouds[event.cloud];
      return `G20  ${t('progress.signed-out', { username: event.username, logout: `${authority}/${event.tenantId}/oauth2/v2.0/logout`, portal })}`;
    }
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** Steps of the guide as they happen, on standard error: a transient line is replaced on a terminal, plain lines elsewhere. */
export function narrator(io: CommandLineIo, texts: Texts): (event: Progress) => void {
  let transient = false;
  return (event) => {
    const text = line(event, texts);
    const passing = event.kind === 'pause' || event.kind === 'reading' || event.kind === 'signing-in' || event.kind === 'verifying';
    const erase = transient && io.interactive ? '\r\u001B[2K' : '';
    io.err(`${erase}${text}${passing && io.interactive ? '' : '\n'}`);
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
