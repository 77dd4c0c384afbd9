import type { Clock } from '../clock.ts';
import type { ImapListener } from './exchange-online/index.ts';
import type { FaultPlan, PlannedFault } from './faults.ts';
import { answerTo, challengeAnswer, isPractice, serviceOf, throttledAnswer, unavailableAnswer } from './front-end.ts';
import { isBatch } from './graph/batch.ts';
import { withDiagnosticHeaders } from './graph/diagnostic-headers.ts';
import type { Realm } from './identity/index.ts';
import { kindOf } from './random.ts';
import type { ReceivedRequest } from './request.ts';
import type { PracticeAnswer, PracticeRequest } from './world.ts';

export interface FaultInjection {
  readonly clock: Clock;
  readonly plan: FaultPlan;
  /** The same for single items of a batch. */
  readonly itemPlan: FaultPlan;
  /** Decides about throttling only, so that ids stay the same whatever the rate. */
  readonly chance: (name: string) => number;
  /** IMAP over TLS, opened when somebody asks where it is. */
  readonly imap: () => Promise<ImapListener>;
}

/** What a fault of the kinds `status:*` answers; null for the others. */
function statusAnswer({ kind, retryAfter }: PlannedFault, request: PracticeRequest, realm: Realm): PracticeAnswer | null {
  if (kind === 'status:429') return throttledAnswer(retryAfter === undefined ? 1 : retryAfter, request, realm);
  if (kind === 'status:503') return unavailableAnswer(503, retryAfter, request, realm);
  return kind === 'status:504' ? unavailableAnswer(504, retryAfter, request, realm) : null;
}

/** Throttled by chance: one in four without `Retry-After`. */
const throttledByChance = (request: PracticeRequest, realm: Realm, chance: () => number): PracticeAnswer =>
  throttledAnswer(chance() < 0.25 ? null : 1 + Math.floor(chance() * 3), request, realm);

/** The items of a batch "are evaluated individually against the applicable throttling limits" ("JSON batching"). */
function disturbedItem(part: PracticeRequest, realm: Realm, { itemPlan, chance }: FaultInjection): PracticeAnswer | null {
  const fault = itemPlan.next(part);
  if (fault !== null) return statusAnswer(fault, part, realm);
  const { throttle } = realm.world.knobs;
  const next = () => chance(kindOf(part));
  return throttle > 0 && next() < throttle ? throttledByChance(part, realm, next) : null;
}

const isTokenRequest = ({ method, path }: PracticeRequest): boolean => method === 'POST' && path.endsWith('/oauth2/v2.0/token');

/** Throttling by chance of whole requests, at Graph and at the token endpoint; null = it goes through. */
function throttledRequest(request: ReceivedRequest, realm: Realm, { chance }: FaultInjection): PracticeAnswer | null {
  const { throttle, throttleTokens } = realm.world.knobs;
  const next = () => chance(kindOf(request));
  if (serviceOf(request) === 'graph')
    return throttle > 0 && !isBatch(request) && next() < throttle ? throttledByChance(request, realm, next) : null;
  if (throttleTokens <= 0 || !isTokenRequest(request) || next() >= throttleTokens) return null;
  return next() < 0.5 ? throttledByChance(request, realm, next) : unavailableAnswer(503, undefined, request, realm);
}

/**
 * One request on its way through latency, throttling and the programmed faults; null = the connection is to be dropped.
 * Faults of the `after` kinds let the request take effect and lose its answer.
 */
export async function exchange(request: ReceivedRequest, realm: Realm, injection: FaultInjection): Promise<PracticeAnswer | null> {
  const answer = await disturbed(request, realm, injection);
  if (answer === null || isPractice(request) || serviceOf(request) !== 'graph') return answer;
  return withDiagnosticHeaders(answer, request, realm.world);
}

async function disturbed(request: ReceivedRequest, realm: Realm, injection: FaultInjection): Promise<PracticeAnswer | null> {
  const { clock, plan } = injection;
  const { latency } = realm.world.knobs;
  const answer = () => answerTo(request, realm, (part) => disturbedItem(part, realm, injection), injection.imap);
  if (latency > 0) await clock.sleep(latency);
  const fault = isPractice(request) ? null : plan.next(request);
  switch (fault?.kind) {
    case undefined:
      break;
    case 'status:429':
    case 'status:503':
    case 'status:504':
      return fault === null ? null : statusAnswer(fault, request, realm);
    case '503-after-write':
      await answer();
      return unavailableAnswer(503, fault?.retryAfter, request, realm);
    case '504-after-write':
      await answer();
      return unavailableAnswer(504, fault?.retryAfter, request, realm);
    case 'drop-before':
      return null;
    case 'drop-after-write':
      await answer();
      return null;
    case 'slow':
      await clock.sleep(fault?.ms ?? 2000);
      break;
    case '401-challenge':
      return challengeAnswer(request, realm) ?? answer();
  }
  return throttledRequest(request, realm, injection) ?? answer();
}
