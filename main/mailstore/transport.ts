import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Duplex } from 'node:stream';
import { Fault } from '../faults.ts';
import { AnswerTooLarge, networkFault, readText, withTimeLimit, type Fetch } from '../http/index.ts';
import { addressText, addressUrl, type ServerAddress } from './address.ts';
import { connectionFault, lookAtCertificate, openTls, untrustedFault } from './tls-certificate.ts';

export interface ServerRequest {
  /** E.g. `/api/get-metadata`. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Header `Authorization`; null before it is known who answers. */
  readonly authorization: string | null;
  /** Milliseconds until the answer has to be there. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export interface ServerAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** The clock of the server, where it told it. */
  readonly date: Date | null;
}

/** One server over HTTPS; its certificate was accepted before a byte goes out. Redirects are never followed. */
export interface Transport {
  /** @throws Fault server.*, interrupted */
  send(request: ServerRequest): Promise<ServerAnswer>;
  /** Ends the connections that are kept open. */
  close(): void;
}

/** Form-encoded, also where there is nothing to say: without a length Microsoft-HTTPAPI answers 411. */
const formText = (form: ServerRequest['form']): string => new URLSearchParams(form).toString();

const headersOf = (body: string, authorization: string | null): Record<string, string> => ({
  'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
  accept: 'application/json',
  ...(authorization === null ? {} : { authorization }),
});

const dateOf = (header: string | null | undefined): Date | null => {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : new Date(time);
};

function failure(error: unknown, address: ServerAddress, signal: AbortSignal | undefined): Fault {
  if (error instanceof Fault) return error;
  if (signal?.aborted === true) return new Fault('interrupted', { cause: error });
  if (error instanceof AnswerTooLarge)
    return new Fault('server.answer-unreadable', { params: { address: addressText(address), detail: error.message }, cause: error });
  return connectionFault(error, address);
}

/** Connections of the one server whose certificate is pinned; each is looked at by itself. */
class PinnedAgent extends Agent {
  readonly #address: ServerAddress;
  readonly #pin: string;

  constructor(address: ServerAddress, pin: string) {
    super({ keepAlive: true, maxSockets: 8 });
    this.#address = address;
    this.#pin = pin;
  }

  override createConnection(_options: object, made?: (error: Error | null, stream: Duplex) => void): null {
    void this.#open().then(
      (socket) => made?.(null, socket),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is no stream beside an error
      (error: unknown) => made?.(error instanceof Error ? error : new Error(String(error)), undefined as unknown as Duplex),
    );
    return null;
  }

  async #open(): Promise<Duplex> {
    const { socket, shown } = await openTls(this.#address);
    if (shown.sha256 === this.#pin) return socket;
    socket.destroy();
    throw new Fault('server.certificate-changed', {
      params: {
        address: addressText(this.#address),
        expected: this.#pin,
        sha256: shown.sha256,
        sha1: shown.sha1,
        notBefore: shown.notBefore,
        notAfter: shown.notAfter,
      },
    });
  }
}

/** The server had closed a connection that was kept open; Node's `http.Agent` hands it out all the same. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

const textOf = (message: IncomingMessage): Promise<string> => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      message.on('data', (chunk: Buffer) => controller.enqueue(chunk));
      message.once('end', () => controller.close());
      message.once('error', (error) => controller.error(error));
      message.once('aborted', () => controller.error(new Error('the connection was closed')));
    },
    cancel: () => void message.destroy(),
  });
  return readText(new Response(body));
};

/**
 * HTTPS to a server with a certificate that somebody confirmed. By `node:https` in the window and on the command line alike: the
 * certificate is compared on each connection, for this host and port alone. No proxy is asked.
 *
 * @param pin SHA-256 of the certificate, upper-case hex
 */
export function pinnedTransport(address: ServerAddress, pin: string): Transport {
  const agent = new PinnedAgent(address, pin);
  const exchange = (asked: ServerRequest, signal: AbortSignal): Promise<ServerAnswer> =>
    new Promise((resolve, reject) => {
      const { path, form, authorization } = asked;
      const body = formText(form);
      const sent = request(`${addressUrl(address)}${path}`, { method: 'POST', agent, signal, headers: headersOf(body, authorization) });
      sent.once('error', (error) => reject(sent.reusedSocket && !signal.aborted ? new StaleConnection(error.message) : error));
      sent.once('response', (message) => {
        textOf(message).then(
          (text) =>
            resolve({
              status: message.statusCode ?? 0,
              contentType: message.headers['content-type'] ?? null,
              text,
              date: dateOf(message.headers.date),
            }),
          reject,
        );
      });
      sent.end(body);
    });
  /** Everything that is asked reads, so it may be asked again. */
  const untilFresh = async (asked: ServerRequest, signal: AbortSignal): Promise<ServerAnswer> => {
    for (;;) {
      try {
        return await exchange(asked, signal);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
      }
    }
  };
  return {
    send: async (asked) => {
      try {
        return await withTimeLimit(asked.limit, asked.signal, (signal) => untilFresh(asked, signal));
      } catch (error) {
        throw failure(error, address, asked.signal);
      }
    },
    close: () => agent.destroy(),
  };
}

/**
 * HTTPS by the host's own fetch, for a server with a certificate that this computer trusts.
 *
 * @throws Fault server.certificate-untrusted, when asked, for one that it does not trust: it names what was shown
 */
export function trustedTransport(address: ServerAddress, fetch: Fetch): Transport {
  return {
    send: async ({ path, form, authorization, limit, signal }) => {
      const body = formText(form);
      const { 'content-length': _length, ...headers } = headersOf(body, authorization);
      try {
        return await withTimeLimit(limit, signal, async (ending) => {
          const response = await fetch(`${addressUrl(address)}${path}`, {
            method: 'POST',
            redirect: 'manual',
            credentials: 'omit',
            headers,
            body,
            signal: ending,
          });
          const { status } = response;
          const answer = { status, contentType: response.headers.get('content-type'), date: dateOf(response.headers.get('date')) };
          return { ...answer, text: response.type === 'opaqueredirect' ? '' : await readText(response) };
        });
      } catch (error) {
        if (error instanceof Fault || signal?.aborted === true || networkFault(error, address.host).code !== 'service.certificate-refused')
          throw failure(error, address, signal);
        throw untrustedFault(address, await lookAtCertificate(address, signal), error);
      }
    },
    close: () => undefined,
  };
}
