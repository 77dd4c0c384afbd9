import type { ReportView } from '../../../preload/contract.ts';
import type { TextKey, Texts } from '../../app/texts.tsx';
import { stepWords } from './step-words.ts';
import type { Preview } from './setup-state.ts';

type Translate = Texts['t'];
type Check = NonNullable<ReportView['proof']>['checks'][number];

export const resultNames: Readonly<Record<Check['result'], TextKey>> = {
  passed: 'check.result.passed',
  failed: 'check.result.failed',
  pending: 'check.result.pending',
  'not-testable': 'check.result.not-testable',
};

/** The plan as plain text, for a ticket or a mail. */
export function planText({ tenant, username, plan, findings }: Preview, texts: Pick<Texts, 't' | 'has'>): string {
  const { t } = texts;
  const head = [t('setup.plan.title', { tenant: tenant.displayName, domain: tenant.defaultDomain }), `${tenant.id} · ${username}`, ''];
  const lines = plan.map(({ step, reason, removes }) => `${removes ? '-' : '+'} ${stepWords(step, texts)}: ${reason}`);
  const found = findings.length === 0 ? [] : ['', t('setup.plan.findings'), ...findings.map(({ text }) => `· ${text}`)];
  return [...head, ...lines, ...found].join('\n');
}

/** Credential and proof as plain text. */
export function reportText({ credential, proof }: ReportView, t: Translate): string {
  const facts = [
    `${t('field.name')}: ${credential.name}`,
    `${t('field.tenant')}: ${credential.tenantName} (${credential.tenantDomain})`,
    `${t('field.tenant-id')}: ${credential.tenantId}`,
    `${t('field.client-id')}: ${credential.clientId ?? '–'}`,
    `${t('field.certificate')}: ${credential.certificate?.thumbprint ?? '–'}`,
    `${t('field.redirect-uri')}: ${credential.redirectUri ?? '–'}`,
  ];
  const checks =
    proof?.checks.map(({ name, result, evidence }) => `${name}: ${t(resultNames[result])}\n  ${evidence.replaceAll('\n', '\n  ')}`) ?? [];
  return [...facts, '', ...checks].join('\n');
}
