import type { Clock } from '../clock.ts';
import type { FaultPlan } from './faults.ts';
import { answerTo, challengeAnswer, serviceOf, throttledAnswer, unavailableAnswer } from './front-end.ts';
import type { Realm } from './identity/index.ts';
import type { ReceivedRequest } from './request.ts';
import type { PracticeAnswer } from './world.ts';

export interface FaultInjection {
  readonly clock: Clock;
  readonly plan: FaultPlan;
  /** Decides about throttling only, so that ids stay the same whatever the rate. */
  readonly chance: () => number;
}

/**
 * One request on its way through latency, throttling and the programmed faults; null = the connection is to be dropped.
 * Faults of the `after` kinds let the request take effect and lose its answer.
 */
export async function exchange(
  request: ReceivedRequest,
  realm: Realm,
  { clock, plan, chance }: FaultInjection,
): Promise<PracticeAnswer | null> {
  const { latency, throttle } = realm.world.knobs;
  if (latency > 0) await clock.sleep(latency);
  const fault = request.path.startsWith('/practice/') ? null : plan.next(request);
  switch (fault?.kind) {
    case undefined:
      break;
    case 'status:429':
      return throttledAnswer(fault?.retryAfter ?? 1, request, realm);
    case 'status:503':
      return unavailableAnswer(503, fault?.retryAfter, request, realm);
    case 'status:504':
      return unavailableAnswer(504, fault?.retryAfter, request, realm);
    case '503-after-write':
      await answerTo(request, realm);
      return unavailableAnswer(503, fault?.retryAfter, request, realm);
    case '504-after-write':
      await answerTo(request, realm);
      return unavailableAnswer(504, fault?.retryAfter, request, realm);
    case 'drop-before':
      return null;
    case 'drop-after-write':
      await answerTo(request, realm);
      return null;
    case 'slow':
      await clock.sleep(fault?.ms ?? 2000);
      break;
    case '401-challenge':
      return challengeAnswer(request, realm) ?? answerTo(request, realm);
  }
  if (throttle > 0 && serviceOf(request) === 'graph' && chance() < throttle)
    return throttledAnswer(1 + Math.floor(chance() * 3), request, realm);
  return answerTo(request, realm);
}
