import {
  Client,
  GraphClientError,
  ResponseType,
  type Context,
  type GraphRequest,
  type MiddlewareOptions,
} from '@microsoft/microsoft-graph-client';
import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import { isForeignAnswer } from '../http/index.ts';
import { GraphFailure, type DirectoryConnection } from './directory.ts';
import { failureOfAnswer } from './graph-failure.ts';
import { authenticate, interruption, middleware, retry, transport, type TransportOptions } from './middleware.ts';

/** Marks a request that may be sent again although nobody knows whether it was executed. */
class Repeatable implements MiddlewareOptions {
  readonly repeatable = true;
}

const isRepeatable = (context: Context): boolean =>
  context.options?.method === 'GET' || context.middlewareControl?.getMiddlewareOptions(Repeatable) instanceof Repeatable;

/** Takes an error through the library, which would turn any but its own into a GraphError without cause. */
class Carried extends GraphClientError {
  readonly error: unknown;
  constructor(error: unknown) {
    super('carried');
    this.error = error;
    Object.setPrototypeOf(this, Carried.prototype);
  }
}

/** A middleware knows its successor, so each client needs links of its own. */
const carry = () =>
  middleware(async (_, next) => {
    try {
      await next();
    } catch (error) {
      throw new Carried(error);
    }
  });

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Left out, v1.0. */
  readonly version?: 'beta';
  /** Encoded, relative to the version, or an absolute `@odata.nextLink`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For `$batch` of reads. GET always is. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal;
}

/** JSON text of the answer; null where there is no body. @throws GraphFailure, Fault interrupted and those of the connection */
export type SendGraph = (call: GraphCall) => Promise<string | null>;

const methods = {
  GET: (request: GraphRequest): Promise<Response> => request.get(),
  POST: (request: GraphRequest, body: unknown): Promise<Response> => request.post(body),
  PATCH: (request: GraphRequest, body: unknown): Promise<Response> => request.patch(body),
  DELETE: (request: GraphRequest): Promise<Response> => request.delete(),
};

/** The Microsoft Graph client with a chain of its own: carry, retry, authenticate, transport. */
export function createGraphRequests(cloud: Cloud, connection: DirectoryConnection, options: TransportOptions): SendGraph {
  const client = Client.initWithMiddleware({
    baseUrl: `${cloud.graph}/`,
    defaultVersion: 'v1.0',
    middleware: [carry(), retry(options.clock, isRepeatable), authenticate(connection), transport(options)],
  });
  return async ({ method, version, path, body, headers = {}, repeatable = false, signal }) => {
    const request = client
      .api(path)
      .headers({ ...headers })
      .responseType(ResponseType.RAW);
    if (version !== undefined) request.version(version);
    if (signal !== undefined) request.option('signal', signal);
    if (repeatable) request.middlewareOptions([new Repeatable()]);
    try {
      const response = await methods[method](request, body);
      return await textOf(response);
    } catch (error) {
      if (signal?.aborted === true) throw interruption(signal);
      const cause = error instanceof Carried ? error.error : error;
      throw cause instanceof GraphFailure || cause instanceof Fault
        ? cause
        : new Fault('bug', { cause, params: { detail: String(cause) } });
    }
  };
}

async function textOf(response: Response): Promise<string | null> {
  const text = await response.text();
  const contentType = response.headers.get('content-type');
  const requestId = response.headers.get('request-id') ?? '';
  if (!response.ok || isForeignAnswer(contentType, text))
    throw failureOfAnswer({ status: response.status, contentType, text, requestId, date: response.headers.get('date') });
  return text === '' ? null : text;
}
