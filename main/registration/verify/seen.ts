import type { Observed, ObservedApplication } from '../observed.ts';
import type { Part } from '../observe/behind.ts';
import type { CheckContext, CheckRule } from './check-rule.ts';
import { failed, notTestable, type Verdict } from './verdict.ts';

/** The registration as somebody saw it, its application in it. */
export interface Seen extends Observed {
  readonly application: ObservedApplication;
}

const withApplication = (observed: Observed): Seen | null =>
  observed.application === null ? null : { ...observed, application: observed.application };

/** The parts of the registration that a check looks at. */
export type PartKind = 'application' | 'service-principal' | 'role' | 'scopes';

const isOf = (part: Part, kind: PartKind): boolean => part === kind || part.startsWith(`${kind} `);

/**
 * A check of the registration itself, as the credential or else an administrator sees it. What one replica fails and another
 * just passed is still being replicated, and so is what this program wrote in the last minutes and a view does not show.
 *
 * @param kind what it looks at
 */
export const inRegistration =
  (validate: (seen: Seen, context: CheckContext) => Verdict, kind: PartKind = 'application'): CheckRule['validate'] =>
  (context) => {
    const { view, administratorView } = context.evidence;
    if (view.observed === null) return notTestable(`check.view.${view.reason}`);
    const behind = [...context.behind(view.observed)];
    const seen = withApplication(view.observed);
    if (seen === null) {
      const missing = failed('check.application-missing', { clientId: context.run.record.clientId ?? '–' });
      return behind.includes('application') ? { ...missing, result: 'pending' } : missing;
    }
    const verdict = validate(seen, context);
    if (verdict.result === 'failed' && behind.some((part) => isOf(part, kind))) return { ...verdict, result: 'pending' };
    if (verdict.result !== 'failed' || view.by !== 'credential' || administratorView === null) return verdict;
    const elsewhere = withApplication(administratorView);
    const passedElsewhere = elsewhere !== null && validate(elsewhere, context).result === 'passed';
    return passedElsewhere ? { ...verdict, result: 'pending' } : verdict;
  };
