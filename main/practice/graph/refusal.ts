import { notSimulatedCode, notSimulatedText } from '../not-simulated.ts';
import type { PracticeAnswer, PracticeRequest, World } from '../world.ts';

export interface RefusalDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** Microsoft Graph says no. Thrown by rules, turned into Graph's body at one place. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly details: readonly RefusalDetail[];

  constructor(status: number, code: string, message: string, details: readonly RefusalDetail[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 400 of the directory itself (`Request_BadRequest`); the OData front end answers `BadRequest` instead. */
export function badRequest(message: string, detail?: Omit<RefusalDetail, 'message'>): Refusal {
  return new Refusal(400, 'Request_BadRequest', message, detail ? [{ ...detail, message }] : []);
}

/** 400 of the OData front end: the request could not be understood. */
export function notUnderstood(message: string): Refusal {
  return new Refusal(400, 'BadRequest', message);
}

export function invalidValue(target: string, resource: string): Refusal {
  return badRequest(`Invalid value specified for property '${target.split('/').at(-1) ?? target}' of resource '${resource}'.`, {
    code: 'InvalidValue',
    target,
  });
}

/** Microsoft Graph, "Error responses and resource types": `Request_ResourceNotFound`. */
export function notFound(id: string): Refusal {
  return new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** `what` follows "does not have": the practice tenant lacks it, whatever Microsoft would say. */
export function notSimulated(what: string): Refusal {
  return new Refusal(501, notSimulatedCode, notSimulatedText(what));
}

/** Scope, application role or directory role is missing. */
export function denied(): Refusal {
  return new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/**
 * Microsoft Graph, "Error responses and resource types": `error` with `code`, `message`, `details` where there are any,
 * and `innerError` with date, request id and the caller's `client-request-id` (the request id where none was sent).
 */
export function refusalAnswer(refusal: Refusal, request: PracticeRequest, world: World): PracticeAnswer {
  const requestId = world.newId();
  const clientRequestId = request.headers['client-request-id'] ?? requestId;
  return {
    status: refusal.status,
    headers: { 'request-id': requestId, 'client-request-id': clientRequestId },
    body: {
      error: {
        code: refusal.code,
        message: refusal.message,
        ...(refusal.details.length > 0 ? { details: refusal.details } : {}),
        innerError: { date: world.now().toISOString().slice(0, 19), 'request-id': requestId, 'client-request-id': clientRequestId },
      },
    },
  };
}
