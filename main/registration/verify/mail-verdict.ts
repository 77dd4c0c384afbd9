import type { CheckContext } from './check-rule.ts';
import type { ProbedWay } from './mail.ts';
import { failed, notTestable, passed, pending, type Verdict } from './verdict.ts';

const wayNames: Readonly<Record<ProbedWay, string>> = { ews: 'EWS', graph: 'Microsoft Graph', imap: 'IMAP' };

/** Without a token nothing was tried; the check of the token says why. */
function untried({ evidence }: CheckContext, way: ProbedWay): Verdict {
  const taken = evidence.tokens[way === 'graph' ? 'graph' : 'exchange'];
  if (taken === undefined || 'token' in taken) return pending('check.token.no-certificate');
  if ('fault' in taken) return { result: 'not-testable', evidence: { code: `fault.${taken.fault.code}`, params: taken.fault.params } };
  if (taken.notTestable === 'no-certificate') return pending('check.token.no-certificate');
  return notTestable(`check.token.${taken.notTestable}`);
}

/**
 * What counting an inbox by one way has shown.
 *
 * @returns null where no mailbox was named
 */
export function mailVerdict(context: CheckContext, way: ProbedWay): Verdict | null {
  const { mail } = context.evidence;
  if (mail === null) return null;
  const outcome = mail.outcomes[way];
  if (outcome === undefined) return untried(context, way);
  const params = { mailbox: mail.mailbox, way: wayNames[way] };
  if (outcome.allowed) return passed('check.mail.counted', { ...params, messages: outcome.messages });
  const { why, detail } = outcome;
  const told = { ...params, detail };
  // Whoever named an address that has no mailbox has tried nothing.
  if (why === 'no-mailbox') return notTestable('check.mail.no-mailbox', told);
  const late = why === 'no-permission' && (context.replicating || context.consentOutstanding);
  return (late ? pending : failed)(`check.mail.${why}`, told);
}

/** Whether the inbox was counted by this way, whatever the token says. */
export const isCounted = ({ evidence }: CheckContext, way: ProbedWay): boolean => evidence.mail?.outcomes[way]?.allowed === true;
