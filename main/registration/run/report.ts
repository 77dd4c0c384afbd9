import type { RequestCounts } from '../../directory/directory.ts';
import type { Texts } from '../../texts/index.ts';
import type { Step } from '../../servers/index.ts';
import { credentialView, type CredentialRecord, type CredentialView } from '../../credential/index.ts';
import type { Check, CheckResult, Proof } from '../../credential/record.ts';
import type { Finding, PlannedChange } from '../change.ts';
import type { KeyUseReport } from '../key-use-report.ts';
import { changeReason, evidenceText, findingText } from '../describe.ts';

export interface PlanLine {
  readonly change: string;
  readonly step: Step;
  readonly reason: string;
  readonly removes: boolean;
}

export interface FindingLine {
  readonly finding: string;
  readonly id: string;
  readonly text: string;
  readonly acceptable: boolean;
}

export interface CheckLine {
  readonly check: string;
  readonly result: CheckResult;
  /** One sentence; from its second line on, commands that somebody else runs. */
  readonly evidence: string;
  /** What the sentence was made of; null for one that an earlier version stored. */
  readonly code: string | null;
}

export interface Report {
  readonly credential: CredentialView;
  readonly plan: readonly PlanLine[];
  readonly findings: readonly FindingLine[];
  /** Left out where nothing was verified. */
  readonly proof?: Pick<Proof, 'ok' | 'state'> & { readonly checks: readonly CheckLine[] };
  /** Where it was asked for: when the earlier certificates were last used. */
  readonly keyUse?: KeyUseReport;
  readonly requests: RequestCounts;
}

export function planLine(planned: PlannedChange, texts: Texts): PlanLine {
  const { step, change } = planned;
  return { change: change.change, step, reason: changeReason(planned, texts), removes: planned.removes };
}

function provisionalLine(planned: PlannedChange, { certificate }: CredentialRecord, texts: Texts): PlanLine {
  const line = planLine(planned, texts);
  const { change } = planned;
  if (change.change !== 'add-key-credential' || change.certificate.thumbprintSha256 === certificate?.thumbprintSha256) return line;
  return { ...line, reason: texts.t('change.add-key-credential.planned', { end: change.certificate.notAfter.slice(0, 10) }) };
}

function checkLine(check: Check, texts: Texts): CheckLine {
  const { evidence } = check;
  const code = typeof evidence === 'string' ? null : evidence.code;
  return { check: check.check, result: check.result, evidence: evidenceText(check, texts), code };
}

export interface ReportParts {
  readonly record: CredentialRecord;
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly Finding[];
  /** Dated notices of the profile. */
  readonly notices: readonly FindingLine[];
  readonly proof: Proof | null;
  /** Nothing was applied: a certificate that was only made for the plan is not named. */
  readonly provisional?: boolean;
  readonly keyUse?: KeyUseReport | null;
  readonly requests: RequestCounts;
}

export function report(
  { record, changes, findings, notices, proof, provisional = false, keyUse = null, requests }: ReportParts,
  texts: Texts,
): Report {
  const lines = findings.map(({ finding, id, acceptable, ...rest }) => ({
    finding,
    id,
    text: findingText({ finding, id, acceptable, ...rest }, texts),
    acceptable,
  }));
  return {
    credential: credentialView(record),
    plan: changes.map((change) => (provisional ? provisionalLine(change, record, texts) : planLine(change, texts))),
    findings: [...notices, ...lines],
    ...(proof === null
      ? {}
      : {
          proof: {
            ok: proof.ok,
            state: proof.state,
            checks: proof.checks.map((each) => checkLine(each, texts)),
          },
        }),
    ...(keyUse === null ? {} : { keyUse }),
    requests,
  };
}
