import { handoverOf, type Check, type CheckResult, type CredentialRecord, type CredentialState } from '../../credential/index.ts';
import { readsMail } from '../../servers/index.ts';
import { checkRule } from './checks/index.ts';

type Validated = Pick<Check, 'check' | 'result'>;

/** A profile that reads mail is proven only with evidence about mail; without it, it is set up. */
function allPassed({ profile }: CredentialRecord, checks: readonly Validated[]): CredentialState {
  const aboutMail = checks.some(({ check }) => checkRule(check)?.aboutMail === true);
  return readsMail(profile) && !aboutMail ? 'set-up' : 'proven';
}

/** The server that holds the key has worked with it. */
const isProvenByServer = (checks: readonly Validated[]): boolean =>
  checks.some(({ check, result }) => result === 'passed' && checkRule(check)?.proves === true);

/** The state of a credential after these checks. */
export function proofState(record: CredentialRecord, checks: readonly Validated[], consentOutstanding: boolean): CredentialState {
  const every = (result: CheckResult) => checks.every((check) => check.result === result);
  const some = (result: CheckResult) => checks.some((check) => check.result === result);
  if (some('failed')) return 'needs-attention';
  if (record.certificate === null) return 'waiting-certificate';
  if (some('pending')) return consentOutstanding ? 'waiting-consent' : 'waiting-replication';
  if (every('passed')) return allPassed(record, checks);
  if (isProvenByServer(checks)) return 'proven';
  // Nothing could be seen this time: what was known before stands.
  if (every('not-testable')) return record.state;
  return handoverOf(record) !== null ? 'confirmed' : 'set-up';
}

/** Whether everything that has to have passed did, and nothing is open: tokens where we hold the key, else what can be read. */
export function isDone({ custody }: CredentialRecord, checks: readonly Validated[]): boolean {
  const settled = checks.every(({ result }) => result !== 'failed' && result !== 'pending');
  return settled && (isProvenByServer(checks) || decided(custody, checks));
}

/** What decides in this custody has passed. */
function decided(custody: CredentialRecord['custody'], checks: readonly Validated[]): boolean {
  return checks.every(({ check, result }) => checkRule(check)?.decisiveIn !== custody || result === 'passed');
}
