import { addressedService, type Service } from './hosts.ts';
import { ewsAnswer, type ImapListener } from './exchange-online/index.ts';
import { graphAnswer, type Disturb } from './graph/index.ts';
import { Refusal, refusalAnswer } from './graph/refusal.ts';
import { claimsChallenge, endToken, entraRefusalAnswer, identityAnswer, readBearer, refusals, type Realm } from './identity/index.ts';
import { practiceAnswer } from './practice-endpoints.ts';
import type { ReceivedRequest } from './request.ts';
import type { PracticeAnswer, PracticeRequest } from './world.ts';

/** Which service a request is for: by its host where it has one, else by its path. */
export function serviceOf(request: PracticeRequest): Service {
  const named = addressedService(request);
  if (named !== null) return named;
  if (/^\/(?:v1\.0|beta)(?:\/|$)/.test(request.path)) return 'graph';
  return /^\/ews\//i.test(request.path) ? 'exchange' : 'identity';
}

/** An address of the practice tenant itself, which no Microsoft service has. */
export const isPractice = (request: ReceivedRequest): boolean =>
  addressedService(request) === null && request.path.startsWith('/practice/');

/** Refuses in the form of the service that was asked. */
function failure(status: number, code: string, message: string, request: PracticeRequest, realm: Realm): PracticeAnswer {
  if (serviceOf(request) === 'graph') return refusalAnswer(new Refusal(status, code, message), request, realm.world);
  if (serviceOf(request) === 'exchange') return { status };
  const { fields } = status === 429 ? refusals.throttled() : refusals.unavailable(status);
  return entraRefusalAnswer(fields, request, realm.world);
}

const withRetryAfter = (answer: PracticeAnswer, seconds: number | null | undefined): PracticeAnswer =>
  seconds === undefined || seconds === null ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };

/** 429 with `Retry-After` in seconds, or without: not every service sends it (Microsoft Graph, "Throttling guidance", resources that provide it). */
export const throttledAnswer = (retryAfter: number | null, request: PracticeRequest, realm: Realm): PracticeAnswer =>
  withRetryAfter(failure(429, 'TooManyRequests', 'Too many requests.', request, realm), retryAfter);

export function unavailableAnswer(
  status: 503 | 504,
  retryAfter: number | null | undefined,
  request: PracticeRequest,
  realm: Realm,
): PracticeAnswer {
  const answer =
    status === 503
      ? failure(503, 'ServiceUnavailable', 'The service is temporarily unavailable.', request, realm)
      : failure(504, 'UnknownError', '', request, realm);
  return withRetryAfter(answer, retryAfter);
}

/** Challenges a Graph request and ends its token; null for other requests, which have no token to challenge. */
export function challengeAnswer(request: ReceivedRequest, realm: Realm): PracticeAnswer | null {
  if (serviceOf(request) !== 'graph' || isPractice(request)) return null;
  endToken(request, realm);
  return claimsChallenge(request, realm);
}

async function graph(request: ReceivedRequest, realm: Realm, disturb: Disturb): Promise<PracticeAnswer> {
  const refuse = (status: number, code: string, message: string) => refusalAnswer(new Refusal(status, code, message), request, realm.world);
  const [, version = ''] = /^\/([^/]*)/.exec(request.path) ?? [];
  if (version !== 'v1.0' && version !== 'beta') return refuse(400, 'BadRequest', `Invalid version: ${version}`);
  const caller = await readBearer(request, realm);
  if ('answer' in caller) return caller.answer;
  if (request.problem === 'size') return refuse(413, 'RequestEntityTooLarge', 'Request size is greater than 4 MB.');
  if (request.problem !== null)
    return refuse(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  return graphAnswer(request, caller.bearer, realm.world, disturb);
}

/** Every answer of the practice tenant when nothing goes wrong on the way; `disturb` is asked about the items of a batch. */
export function answerTo(
  request: ReceivedRequest,
  realm: Realm,
  disturb: Disturb,
  imap: () => Promise<ImapListener>,
): Promise<PracticeAnswer> {
  if (isPractice(request)) return practiceAnswer(request, realm, imap);
  const service = serviceOf(request);
  if (service === 'graph') return graph(request, realm, disturb);
  return service === 'exchange' ? ewsAnswer(request, realm) : identityAnswer(request, realm);
}
