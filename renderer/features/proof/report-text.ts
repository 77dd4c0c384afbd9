import type { ReportView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { Texts } from '../../bridge/translate.ts';

type Translate = Texts['t'];
type Check = NonNullable<ReportView['proof']>['checks'][number];

export const resultNames: Readonly<Record<Check['result'], TextKey>> = {
  passed: 'check.result.passed',
  failed: 'check.result.failed',
  pending: 'check.result.pending',
  'not-testable': 'check.result.not-testable',
};

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
