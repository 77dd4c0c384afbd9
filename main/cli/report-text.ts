import { annotationNames, textFields, type CredentialView } from '../credential/index.ts';
import { handoverText } from '../registration/describe.ts';
import type { Report } from '../registration/run/report.ts';
import { checkTitle } from '../registration/verify/checks/index.ts';
import { stepsWidth, stepText } from '../servers/index.ts';
import { said, type Texts } from '../texts/index.ts';
import { visibleLine } from '../visible-text.ts';
import type { CheckResult } from '../credential/record.ts';

/** A sign and a word: never colour alone. */
const signs: Readonly<Record<CheckResult, string>> = { passed: '✔', failed: '✘', pending: '…', 'not-testable': '–' };

function pairs(rows: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${visibleLine(value)}`);
}

/** Name as people read it: a simulated tenant is never taken for a real one. */
export function nameText({ name }: CredentialView, texts: Texts, practice: boolean): string {
  const shown = visibleLine(name);
  return practice ? `${texts.t('app.practice.mark')} ${shown}` : shown;
}

/** A text of its own lines under its label; none where nothing was written. */
function annotationRows(label: string, text: string): [string, string][] {
  return text === '' ? [] : text.split('\n').map((line, index) => [index === 0 ? label : '', line]);
}

/** One credential under the labels of the dialog. */
function credentialText(credential: CredentialView, texts: Texts, practice: boolean): string[] {
  const { t } = texts;
  const { certificate, handover } = credential;
  const rows: [string, string][] = [
    ...annotationNames.flatMap((name) => annotationRows(t(textFields[name].label), credential[name])),
    [t('field.type'), credential.type],
    [t('field.tenant'), credential.tenantName],
    [t('field.client-id'), credential.clientId ?? '–'],
    [t('field.tenant-id'), credential.tenantId || '–'],
    [t('field.redirect-uri'), credential.redirectUri ?? '–'],
    [t('field.server'), said(`server.${credential.server}.name`, texts)],
    ...(credential.instance === null ? [] : [[t('field.instance'), credential.instance] as [string, string]]),
    [t('field.profile'), credential.profile],
    [t('field.custody'), t(credential.custody === 'external' ? 'custody.external' : 'custody.keyring')],
    [t('field.certificate'), certificate === null ? '–' : certificate.thumbprint],
    [t('field.expires'), certificate === null ? '–' : texts.date(new Date(certificate.notAfter))],
    [t('field.state'), stateText(credential, texts)],
    ...(handover === null ? [] : [[t('field.handover'), handoverText(handover, texts)] as [string, string]]),
  ];
  return [nameText(credential, texts, practice), ...pairs(rows)];
}

export function stateText(credential: CredentialView, texts: Texts): string {
  const state = texts.t(`state.${credential.state}`);
  const open = credential.state === 'proven' && credential.handover?.thumbprint !== credential.certificate?.thumbprint;
  return open ? `${state} (${texts.t('state.not-handed-over')})` : state;
}

/** A report for people. */
export function reportText(report: Report, texts: Texts, practice: boolean): string {
  const { t } = texts;
  const lines = [...credentialText(report.credential, texts, practice)];
  if (report.plan.length > 0)
    lines.push(
      '',
      t('report.plan'),
      ...report.plan.map((each) => `  ${each.removes ? '−' : '+'} ${stepText(each.step, texts).padEnd(stepsWidth(texts))} ${each.reason}`),
    );
  if (report.findings.length > 0)
    lines.push(
      '',
      t('report.findings'),
      ...report.findings.map((each) => `  · ${each.text}${each.acceptable ? ` (--accept ${each.id})` : ''}`),
    );
  if (report.proof) {
    lines.push('', t('report.proof'));
    for (const { check, result, evidence } of report.proof.checks) {
      lines.push(
        `  ${signs[result]} ${checkTitle(check, texts)} – ${t(`check.result.${result}`)}`,
        ...evidence.split('\n').map((line) => `      ${line}`),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
