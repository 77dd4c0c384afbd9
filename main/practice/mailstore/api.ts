import { CallRefusal, failed, succeeded, type Answer } from './answers.ts';
import { checkedArguments } from './call-arguments.ts';
import { callFunction, type Archives } from './functions.ts';
import type { LongCalls } from './long-calls.ts';
import { functionsOf, type Dialect } from './metadata.ts';

/** A person or program that may call the interface. */
export interface ApiUser {
  readonly name: string;
  readonly password: string;
  /** False: an administrator without the login privilege `api`. */
  readonly mayUseApi: boolean;
  /** True: signs in with a second factor, so a password alone is not taken. */
  readonly mfa: boolean;
}

/** One request as it came. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** One call, kept for whoever asks what was called. Values are not kept. */
export interface RecordedCall {
  readonly function: string;
  readonly argumentNames: readonly string[];
  readonly authorized: boolean;
}

export interface Api {
  readonly archives: Archives;
  readonly longCalls: LongCalls;
  readonly users: () => readonly ApiUser[];
  readonly dialect: () => Dialect;
  /** How a wrong password is answered: both are possible (PS; P24). */
  readonly badLogin: () => '401' | 'envelope';
  /** A word for the next answer that nobody knows; null = none. */
  readonly takeStatusCode: () => string | null;
  readonly record: (call: RecordedCall) => void;
}

const envelope = (body: unknown): Answer => ({ status: 200, body });
const nothing = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, headers });
const challenge = { 'www-authenticate': 'Basic realm=""' };

type Login = 'right' | 'none' | 'wrong' | 'forbidden';

function loginOf({ headers }: ApiRequest, users: readonly ApiUser[]): Login {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(headers['authorization'] ?? '') ?? [];
  if (encoded === undefined) return 'none';
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const user = users.find((each) => each.name.toLowerCase() === name?.toLowerCase());
  if (user === undefined || user.password !== password || user.mfa) return 'wrong';
  return user.mayUseApi ? 'right' : 'forbidden';
}

/** What is wrong with the way a call came; null = nothing. JSON and GET are refused by our own choice. */
function transportFault({ method, path, headers }: ApiRequest): Answer | null {
  if (method === 'GET' && path.startsWith('/api/invoke/')) return nothing(405);
  if (method !== 'POST' && !(method === 'GET' && path === '/api/get-metadata')) return nothing(405);
  // Microsoft-HTTPAPI/2.0: a body, even an empty one, needs its length.
  if (method === 'POST' && headers['content-length'] === undefined) return nothing(411);
  const type = headers['content-type'] ?? '';
  if (headers['content-length'] !== '0' && method === 'POST' && !type.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return nothing(415);
  return null;
}

async function getStatus(form: URLSearchParams, longCalls: LongCalls): Promise<Answer> {
  const token = form.get('token');
  const lastKnown = form.get('lastKnownStatusVersion');
  const timeout = form.get('millisecondsTimeout');
  const missing = Object.entries({ token, lastKnownStatusVersion: lastKnown, millisecondsTimeout: timeout }).find(
    ([, value]) => value === null,
  );
  if (missing !== undefined) return envelope(failed(`Missing API argument ${missing[0]}.`));
  const state = await longCalls.status(token ?? '', Number(lastKnown), Number(timeout));
  return state === null ? nothing(404) : envelope(state);
}

function invoke(name: string, form: URLSearchParams, { archives, longCalls, dialect, takeStatusCode }: Api): Answer {
  const spec = functionsOf(archives.kind, dialect()).find((each) => each.name === name);
  if (spec === undefined) return nothing(404);
  try {
    const args = checkedArguments(spec, form);
    const result = callFunction(name, args, archives);
    if ('later' in result) return envelope(longCalls.begin(() => result.later()));
    const statusCode = takeStatusCode();
    const answer = succeeded(result.now);
    return envelope(statusCode === null ? answer : { ...answer, statusCode });
  } catch (error) {
    if (!(error instanceof CallRefusal)) throw error;
    return { status: error.status, body: failed(error.message) };
  }
}

/** Answers one request as the interface of MailStore does, as far as that is known. */
export async function apiAnswer(request: ApiRequest, api: Api): Promise<Answer> {
  const { path } = request;
  const form = new URLSearchParams(request.body);
  const called = /^\/api\/(?:invoke\/)?([\w-]+)$/.exec(path)?.[1] ?? path;
  const login = loginOf(request, api.users());
  api.record({ function: called, argumentNames: [...form.keys()], authorized: login !== 'none' });
  const fault = transportFault(request);
  if (fault !== null) return fault;
  const isMetadata = path === '/api/get-metadata';
  // The Server tells its functions to anybody, the Service Provider Edition does not (P24).
  if (!(isMetadata && api.archives.kind === 'server')) {
    if (login === 'forbidden') return nothing(403);
    if (login === 'wrong' && api.badLogin() === 'envelope') return envelope(failed('Invalid user name or password.'));
    if (login !== 'right') return nothing(401, challenge);
  }
  if (isMetadata) return envelope(functionsOf(api.archives.kind, api.dialect()));
  if (path === '/api/get-status') return getStatus(form, api.longCalls);
  if (path === '/api/cancel-async') return api.longCalls.cancel(form.get('token') ?? '') ? envelope(succeeded(null)) : nothing(404);
  return path.startsWith('/api/invoke/') ? invoke(called, form, api) : nothing(404);
}
