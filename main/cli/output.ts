import type { CheckResult } from '../credential/record.ts';
import { clouds } from '../clouds/index.ts';
import type { Fault, FaultCode } from '../faults.ts';
import { Fault as FaultError } from '../faults.ts';
import type { Report } from '../registration/run/report.ts';
import type { Texts } from '../texts/index.ts';
import { jsonText } from '../visible-text.ts';
import { exitCodeOf, exitCodes, stateFault, type ExitCode } from './exit-codes.ts';
import type { GlobalOptions } from './global-options.ts';
import { reportText } from './report-text.ts';
import type { VerbContext } from './program.ts';

export interface FaultDocument {
  readonly fault: {
    readonly code: FaultCode;
    readonly message: string;
    readonly fix: string;
    readonly retryable: boolean;
    readonly correlationId: string;
  };
}

export function faultDocument(fault: Fault, texts: Texts): FaultDocument {
  const { message, fix } = texts.faultText(fault);
  return { fault: { code: fault.code, message, fix, retryable: fault.retryable, correlationId: fault.correlationId } };
}

/** What happened and what to do, as one line. */
export function faultLine({ code, params }: Fault, texts: Texts): string {
  return `${texts.say({ code: `fault.${code}`, params })}\n`;
}

/** Exactly one document on standard output. */
export function printJson(document: unknown, { io }: VerbContext): void {
  io.out(`${jsonText(document, 2)}\n`);
}

const nothingTested = (checks: readonly { readonly result: string }[]): FaultCode | null =>
  checks.length > 0 && checks.every(({ result }) => result === 'not-testable') ? 'state.not-testable' : null;

/** The fault that a report stands for, or null: what was verified decides, not what was stored before. */
export function reportedFault(report: Report): Fault | null {
  const code = report.proof === undefined ? null : (stateFault(report.proof.state) ?? nothingTested(report.proof.checks));
  if (code === null) return null;
  const { name, clientId, tenantId, cloud } = report.credential;
  // Microsoft identity platform, "The admin consent endpoint".
  const link = `${clouds[cloud].authority}/${tenantId}/adminconsent?client_id=${clientId ?? ''}`;
  return new FaultError(code, { params: { name, clientId: clientId ?? '', tenantId, link } });
}

/** A check that is made on request only. `answer`: what the server said, as it came. */
export interface RequestedCheck {
  readonly check: string;
  readonly name: string;
  readonly result: CheckResult;
  readonly evidence: string;
  readonly answer: string | null;
}

const requestedText = ({ name, result, evidence, answer }: RequestedCheck, { t }: Texts): string =>
  `${name}: ${t(`check.result.${result}`)}. ${evidence}\n${answer === null ? '' : `${answer}\n`}`;

/** Prints the report of one credential and leaves the exit code of its state. */
export function printReport(
  report: Report,
  { json, practice }: GlobalOptions,
  context: VerbContext,
  requested: readonly RequestedCheck[] = [],
): ExitCode {
  const { texts, io } = context;
  const fault = reportedFault(report);
  const document = requested.length === 0 ? report : { ...report, requested: requested.map(({ name: _name, ...each }) => each) };
  if (json) printJson(fault === null ? document : { ...document, ...faultDocument(fault, texts) }, context);
  else io.out(`${reportText(report, texts, practice !== null)}${requested.map((each) => requestedText(each, texts)).join('')}`);
  if (fault === null) return exitCodes.done;
  io.err(faultLine(fault, texts));
  return exitCodeOf(fault.code);
}
