import type { Plan, PlannedChange } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { keyChanges } from './application.ts';
import { foreignKeys } from './findings.ts';
import { leftoverKeys } from './leftovers.ts';
import { clampedLifetime } from './lifetime.ts';
import { keyObstacles } from './obstacles.ts';

/**
 * The part of the plan that a rotation carries out: key credentials and nothing else. What else differs from what is
 * desired stays for `repair`, and the proof tells it. The law of the plan holds for this part too.
 */
export function planKeyCredentials(desired: Desired, observed: Observed): Plan {
  const { application } = observed;
  const obstacles = keyObstacles(desired, observed);
  if (application === null) return { changes: [], findings: [], obstacles };
  const found = [...foreignKeys(desired, observed, application), ...leftoverKeys(desired, observed)];
  const accepted = found.flatMap(({ finding, remedy }): PlannedChange[] =>
    remedy && desired.accepted.includes(finding.id) ? [remedy] : [],
  );
  return {
    changes: [...accepted, ...keyChanges(desired, observed)],
    findings: [...clampedLifetime(desired, observed.policy), ...found.map(({ finding }) => finding)],
    obstacles,
  };
}
