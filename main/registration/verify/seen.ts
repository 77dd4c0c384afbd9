import type { Observed, ObservedApplication } from '../observed.ts';
import type { CheckContext, CheckRule } from './check-rule.ts';
import { failed, notTestable, type Verdict } from './verdict.ts';

/** The registration as somebody saw it, its application in it. */
export interface Seen extends Observed {
  readonly application: ObservedApplication;
}

const withApplication = (observed: Observed): Seen | null =>
  observed.application === null ? null : { ...observed, application: observed.application };

/**
 * A check of the registration itself, as the credential or else an administrator sees it. What one replica fails and another
 * just passed is still being replicated.
 */
export const inRegistration =
  (validate: (seen: Seen, context: CheckContext) => Verdict): CheckRule['validate'] =>
  (context) => {
    const { view, administratorView } = context.evidence;
    if (view.observed === null) return notTestable(`check.view.${view.reason}`);
    const seen = withApplication(view.observed);
    if (seen === null) return failed('check.application-missing', { clientId: context.run.record.clientId ?? '–' });
    const verdict = validate(seen, context);
    if (verdict.result !== 'failed' || view.by !== 'credential' || administratorView === null) return verdict;
    const elsewhere = withApplication(administratorView);
    const behind = elsewhere !== null && validate(elsewhere, context).result === 'passed';
    return behind ? { ...verdict, result: 'pending' } : verdict;
  };
