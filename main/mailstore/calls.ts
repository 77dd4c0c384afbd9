import { Fault } from '../faults.ts';
import { TimedOut, withTimeLimit } from '../http/index.ts';
import type { SentArgument } from './discovery.ts';
import { envelopeOf, type Asked, type Envelope } from './envelope.ts';
import type { ServerAnswer, Transport } from './transport.ts';

const text = (value: string): SentArgument => ({ value, types: ['string'] });
const whole = (value: number): SentArgument => ({ value: String(value), types: ['number'] });
const yes: SentArgument = { value: 'true', types: ['bool'] };
const instance = (id: string | null) => (id === null ? {} : { instanceID: text(id) });

/** `YYYY-MM-DDTHH:MM:SS` without a zone: anything else "was not recognized as a valid DateTime". */
const dateTime = (date: Date): SentArgument => text(date.toISOString().slice(0, 19));

/** A function with what is sent to it. */
export interface Call {
  readonly name: string;
  readonly args: Readonly<Record<string, SentArgument>>;
}

/**
 * Every call that this program makes, and no other: each of them reads. `id` is the instance of a Service Provider Edition, null on a
 * Server. A synchronisation that is not told to be a dry run changes users, so it cannot be written without.
 */
export const calls = {
  serverInfo: (): Call => ({ name: 'GetServerInfo', args: {} }),
  environmentInfo: (): Call => ({ name: 'GetEnvironmentInfo', args: {} }),
  instances: (): Call => ({ name: 'GetInstances', args: { instanceFilter: text('*') } }),
  credentials: (id: string | null): Call => ({ name: 'GetCredentials', args: instance(id) }),
  directoryServices: (id: string | null): Call => ({ name: 'GetDirectoryServicesConfiguration', args: instance(id) }),
  profiles: (id: string | null): Call => ({ name: 'GetProfiles', args: { ...instance(id), raw: yes } }),
  workerResults: (id: string | null, from: Date, to: Date): Call => ({
    name: 'GetWorkerResults',
    args: { ...instance(id), fromIncluding: dateTime(from), toExcluding: dateTime(to), timeZoneID: text('$Local') },
  }),
  workerResultReport: (id: string | null, run: number): Call => ({
    name: 'GetWorkerResultReport',
    args: { ...instance(id), id: whole(run) },
  }),
  dryRun: (id: string | null): Call => ({ name: 'SyncUsersWithDirectoryServices', args: { ...instance(id), dryRun: yes } }),
} as const;

/** Milliseconds. */
const limits = {
  /** One request. */
  request: 60_000,
  /** How long a server may hold a poll. */
  poll: 2000,
  /** A long call in all. */
  call: 10 * 60_000,
  cancel: 5000,
} as const;

/** How a server is asked once its certificate was accepted and it is known to be one. */
export interface Line {
  readonly transport: Transport;
  readonly authorization: string | null;
  readonly address: string;
  readonly signal?: AbortSignal;
}

/** Sends one form; whatever comes back. @throws Fault server.*, interrupted */
export function sendForm(
  { transport, authorization, signal }: Line,
  path: string,
  form: Readonly<Record<string, string>>,
  limit: number = limits.request,
): Promise<ServerAnswer> {
  return transport.send({ path, form, authorization, limit, ...(signal === undefined ? {} : { signal }) });
}

/** A token that the server does not know any more: it restarted, or forgot. */
const restarted = ({ address, function: name }: Asked) => new Fault('server.restarted', { params: { address, function: name } });

async function poll(line: Line, first: Envelope, asked: Asked): Promise<Envelope> {
  let state = first;
  while (state.statusCode === 'running') {
    const { token } = state;
    if (token === null)
      throw new Fault('server.answer-unreadable', { params: { address: line.address, detail: `${asked.function}: token` } });
    const answer = await sendForm(line, '/api/get-status', {
      token,
      lastKnownStatusVersion: String(state.statusVersion),
      millisecondsTimeout: String(limits.poll),
    });
    // Whatever its body says: unknown or expired.
    if (answer.status === 404) throw restarted(asked);
    const next = envelopeOf(answer, asked);
    if (next === null) throw restarted(asked);
    state = { ...next, token };
  }
  return state;
}

/** Asks the server to stop; nobody waits for it to have done so. */
async function cancel(line: Line, token: string | null): Promise<void> {
  if (token === null) return;
  const { transport, authorization } = line;
  await transport.send({ path: '/api/cancel-async', form: { token }, authorization, limit: limits.cancel }).catch(() => undefined);
}

async function toItsEnd(line: Line, first: Envelope, asked: Asked): Promise<Envelope> {
  try {
    return await withTimeLimit(limits.call, line.signal, () => poll(line, first, asked));
  } catch (error) {
    // At the first 401 nothing more is sent.
    if (error instanceof Fault && error.code === 'server.login-refused') throw error;
    if (line.signal?.aborted === true || error instanceof TimedOut) await cancel(line, first.token);
    if (line.signal?.aborted === true) throw new Fault('interrupted', { cause: error });
    if (error instanceof TimedOut)
      throw new Fault('server.too-slow', { params: { address: line.address, detail: error.message }, cause: error });
    throw error;
  }
}

/**
 * Calls a function and waits for its end, also where the server answers by way of a token.
 *
 * @returns the result as it came
 * @throws Fault server.*, interrupted
 */
export async function callToItsEnd(line: Line, { name, args }: Call): Promise<unknown> {
  const asked: Asked = { address: line.address, function: name };
  const form = Object.fromEntries(Object.entries(args).map(([argument, { value }]) => [argument, value]));
  const answer = await sendForm(line, `/api/invoke/${name}`, form);
  const first = envelopeOf(answer, asked);
  if (first === null) {
    if (answer.status === 404) throw new Fault('server.function-missing', { params: { ...asked, version: '–' } });
    throw new Fault('server.call-failed', { params: { ...asked, detail: `HTTP ${answer.status}` } });
  }
  const { statusCode, error, result } = await toItsEnd(line, first, asked);
  if (statusCode === 'succeeded' && error === null) return result;
  const detail = error ?? statusCode;
  if (statusCode === 'failed' || statusCode === 'succeeded') throw new Fault('server.call-failed', { params: { ...asked, detail } });
  throw new Fault('server.status-unknown', { params: { ...asked, status: statusCode, detail: error ?? '–' } });
}
