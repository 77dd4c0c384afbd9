import type { Plan, PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { applicationChanges } from './application.ts';
import { collectFindings } from './findings.ts';
import { grantChanges } from './grants.ts';
import { collectObstacles } from './obstacles.ts';
import { isOutgoing, outgoingRequirements } from './outgoing.ts';

/**
 * The ordered list of changes that brings a registration from what was observed to what is desired; empty when
 * nothing is to do. Pure: the same two values always give the same plan. Nothing foreign is removed or changed
 * unless its finding was accepted (`desired.accepted`).
 *
 * Law: after `apply(planRegistration(desired, observe()))` the next plan has no changes, and nothing foreign is gone.
 */
export function planRegistration(desired: Desired, observed: Observed): Plan {
  const obstacles = collectObstacles(desired, observed);
  const { deletedApplication } = observed;
  if (observed.application === null && deletedApplication !== null) {
    const { objectId, servicePrincipalId } = deletedApplication;
    // What else is to do can only be seen once it is back: applying plans afresh after every write anyway.
    return {
      changes: [{ change: { change: 'restore-application', objectId, servicePrincipalId }, step: 'registration', removes: false }],
      findings: [],
      obstacles,
    };
  }
  if (observed.application === null && desired.uniqueName === null) return { changes: [], findings: [], obstacles };
  const findings = collectFindings(desired, observed);
  const accepted = findings.flatMap(({ finding, remedy }): PlannedChange[] =>
    remedy && (desired.accepted.includes(finding.id) || isOutgoing(remedy, desired, observed)) ? [remedy] : [],
  );
  return {
    // Removals first: an expired foreign key credential can make Microsoft refuse every other update.
    changes: [
      ...accepted,
      ...outgoingRequirements(desired, observed),
      ...applicationChanges(desired, observed),
      ...grantChanges(desired, observed),
    ],
    findings: findings.map(({ finding }) => finding),
    obstacles,
  };
}
