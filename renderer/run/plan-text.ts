import type { Texts } from '../bridge/translate.ts';
import type { Preview } from './lines.ts';
import { stepWords } from './step-words.ts';

/** The plan as plain text, for a ticket or a mail. */
export function planText({ tenant, username, plan, findings }: Preview, texts: Pick<Texts, 't' | 'has'>): string {
  const { t } = texts;
  const head = [t('setup.plan.title', { tenant: tenant.displayName, domain: tenant.defaultDomain }), `${tenant.id} · ${username}`, ''];
  const lines = plan.map(({ step, reason, removes }) => `${removes ? '-' : '+'} ${stepWords(step, texts)}: ${reason}`);
  const found = findings.length === 0 ? [] : ['', t('setup.plan.findings'), ...findings.map(({ text }) => `· ${text}`)];
  return [...head, ...lines, ...found].join('\n');
}
