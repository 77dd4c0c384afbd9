import type { AuditEntry } from '../audit/index.ts';
import { thumbprintForms } from '../certificates/index.ts';
import { annotationNames, credentialView, textFields, usableUntil, type CredentialRecord } from '../credential/index.ts';
import { html, lines, type Html } from '../html.ts';
import { handoverText } from '../registration/describe.ts';
import type { Report } from '../registration/run/report.ts';
import { checkTitle } from '../registration/verify/checks/index.ts';
import { said } from '../texts/index.ts';
import { trailTable } from './activity-page.ts';
import { document, facts, moment, section, table, type PageContext } from './page.ts';

type Texts = PageContext['texts'];

function identity(record: CredentialRecord, texts: Texts): Html {
  const { t } = texts;
  return facts([
    [t('field.name'), record.name],
    ...annotationNames.map((field) => [t(textFields[field].label), record[field]] as const),
    [t('field.tenant'), [record.tenantName, record.tenantDomain].filter(Boolean).join(' · ')],
    [t('field.tenant-id'), record.tenantId],
    [t('field.client-id'), record.clientId],
    [t('field.redirect-uri'), record.redirectUri],
    [t('field.server'), said(`server.${record.server.id}.name`, texts)],
    [t('field.instance'), record.server.instance],
    [t('field.profile'), said(`profile.${record.profile.id}.name`, texts)],
    [t('field.custody'), t(`custody.${record.custody}`)],
  ]);
}

function certificateFacts(record: CredentialRecord, texts: Texts): Html {
  const { t } = texts;
  const { certificate } = record;
  const { handover } = credentialView(record);
  if (certificate === null) return html`<p class="quiet">${t('details.no-certificate')}</p>`;
  const { sha1, sha256, x5t } = thumbprintForms(certificate);
  return facts([
    [t('details.thumbprint'), sha1],
    [t('details.thumbprint-sha256'), sha256],
    [t('dialog.details.x5t'), x5t],
    [t('field.expires'), texts.date(new Date(usableUntil(certificate)))],
    [t('field.handover'), handover === null ? null : handoverText(handover, texts)],
  ]);
}

function proofTable(proof: NonNullable<Report['proof']>, texts: Texts): Html {
  const { t } = texts;
  const rows = proof.checks.map(({ check, result, evidence }) => [checkTitle(check, texts), t(`check.result.${result}`), lines(evidence)]);
  return table([t('printed.check'), t('printed.result'), t('printed.evidence')], rows);
}

/**
 * One credential: what it is, its certificate, what was proven, and everything that was done for it.
 *
 * @param report without a run: what is stored
 * @param entries of its trail, in the order of writing
 */
export function credentialPage(record: CredentialRecord, report: Report, entries: readonly AuditEntry[], context: PageContext): string {
  const { texts } = context;
  const { t } = texts;
  const { proof, findings } = report;
  const provenAt = record.proof === null ? '' : t('manager.checked-at', { time: moment(record.proof.at) });
  return document(
    record.name,
    [
      html`<p><strong>${t(`state.${record.state}`)}</strong> <span class="quiet">${provenAt}</span></p>`,
      section(t('details.identity'), identity(record, texts)),
      section(t('field.certificate'), certificateFacts(record, texts)),
      section(t('report.proof'), proof === undefined ? html`<p class="quiet">${t('details.no-proof')}</p>` : proofTable(proof, texts)),
      ...(findings.length === 0
        ? []
        : [
            section(
              t('report.findings'),
              html`<ul>
                ${findings.map(({ text }) => html`<li>${lines(text)}</li>`)}
              </ul>`,
            ),
          ]),
      section(t('details.history'), trailTable(entries, null, texts)),
    ],
    context,
  );
}
