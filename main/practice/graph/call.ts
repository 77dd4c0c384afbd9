import type { Bearer, PracticeAnswer, PracticeRequest, PracticeTenant, World } from '../world.ts';
import type { ObjectKey } from './path.ts';
import { notUnderstood } from './refusal.ts';

/** One call of Microsoft Graph as its handler sees it: path, query and permissions are already validated. */
export interface Call {
  readonly request: PracticeRequest;
  readonly bearer: Bearer;
  readonly world: World;
  /** The tenant of the token, inside `world.state`. */
  readonly tenant: PracticeTenant;
  /** Host of Microsoft Graph in the cloud that is simulated. */
  readonly host: string;
  /** What stood at the places in braces of the route. */
  readonly keys: Readonly<Record<string, ObjectKey>>;
}

export type Handler = (call: Call) => PracticeAnswer;

/** A JSON object. */
export type Properties = Readonly<Record<string, unknown>>;

export function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key that the route named; a route without it is a programming error. */
export function keyOf(call: Call, name: string): ObjectKey {
  const key = call.keys[name];
  if (!key) throw new Error(`The route has no key ${name}`);
  return key;
}

/** The JSON object of the body. Graph: "Empty Payload" without one, "Unable to read JSON request payload" for anything else. */
export function bodyOf(call: Call): Properties {
  const { body } = call.request;
  if (body === undefined || body === null || body === '') throw notUnderstood('Empty Payload. JSON content expected.');
  if (!isProperties(body))
    throw notUnderstood(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  return body;
}

export const noContent: PracticeAnswer = { status: 204 };
