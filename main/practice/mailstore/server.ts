import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { certificateDates, createCertificate, readListedCertificate, toPem, type Certificate } from '../../certificates/index.ts';
import { systemClock, type Clock } from '../../clock.ts';
import { practiceFetch } from '../practice-fetch.ts';
import { apiAnswer, type Api, type ApiUser, type RecordedCall } from './api.ts';
import type { Archives } from './functions.ts';
import { emptyInstance, type ArchiveInstance } from './instance.ts';
import { LongCalls } from './long-calls.ts';
import type { Dialect, ServerKind } from './metadata.ts';
import { openConsole, type Console } from './console.ts';
import { restoredInstance, savedInstance, type SavedServer } from './state-file.ts';

/** What can be different from one server to the next, or go wrong; to be changed at any time. */
export interface Conduct {
  dialect: Dialect;
  badLogin: '401' | 'envelope';
  /** Minutes ahead of UTC. */
  zone: number;
  refusesLongWindows: boolean;
  /** Milliseconds before the first byte of each answer. */
  latency: number;
  /** `statusCode` of the next immediate answer; null = as it should be. */
  nextStatusCode: string | null;
  /** Messages that a mailbox gets between two runs. */
  newMessages: number;
  /** Exchange Online answers EWS with 403. */
  ewsBlocked: boolean;
}

export interface PracticeArchiveServerOptions {
  readonly kind: ServerKind;
  /** Origin of the practice tenant. */
  readonly tenants: string;
  /** Names of the instances of a Service Provider Edition. */
  readonly instances?: readonly string[];
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly conduct?: Partial<Conduct>;
  readonly clock?: Clock;
  /** As it was left: it listens where it did, unless somebody else does by now, and holds what it held. */
  readonly saved?: SavedServer | undefined;
}

/** How a practice MailStore is reached, as `practice` prints it. */
export interface ArchiveServerDescription {
  readonly kind: ServerKind;
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly user: string;
  /** Made up at each start. */
  readonly password: string;
  /** SHA-256 of the TLS certificate, upper-case hex. */
  readonly sha256: string;
  readonly instances: readonly string[];
}

export interface PracticeArchiveServer {
  readonly conduct: Conduct;
  readonly users: ApiUser[];
  /** Every call since the start, the oldest first. */
  readonly calls: readonly RecordedCall[];
  describe(): ArchiveServerDescription;
  /** For the next start. */
  saved(): SavedServer;
  /** @param instance its name; absent on a MailStore Server */
  console(instance?: string): Console;
  instance(id?: string): ArchiveInstance;
  /** Another self-signed certificate for TLS, as after a renewal. */
  swapCertificate(): Promise<void>;
  /** The service restarts: connections end and tokens of long calls are forgotten. */
  restart(): void;
  close(): Promise<void>;
}

const conduct: Conduct = {
  dialect: 'new',
  badLogin: '401',
  zone: 60,
  refusesLongWindows: false,
  latency: 0,
  nextStatusCode: null,
  newMessages: 12,
  ewsBlocked: false,
};

interface Tls {
  readonly certificate: Certificate;
  readonly key: string;
  readonly cert: string;
}

async function newTls(clock: Clock): Promise<Tls> {
  const dates = certificateDates(clock.now(), { months: 36 });
  const { certificate, privateKey } = await createCertificate({
    commonName: 'MailStore Practice',
    serverAddresses: ['127.0.0.1'],
    keySize: 2048,
    ...dates,
  });
  return { certificate, cert: toPem(certificate), key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

const restoredTls = ({ tls: { key, cert } }: SavedServer): Tls => ({
  key,
  cert,
  certificate: readListedCertificate('TLS', Buffer.from(cert)),
});

/** Longest body that is read, in bytes; our own choice. */
const longestBody = 1024 * 1024;

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > longestBody) throw new Error('the body is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Every answer has the byte order mark that the real one has (US, P24, PS). */
const withMark = (body: unknown): string => `\u{FEFF}${JSON.stringify(body)}`;

async function serve(message: IncomingMessage, response: ServerResponse, api: Api, latency: number, clock: Clock): Promise<void> {
  try {
    const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
    const [path = '/'] = (message.url ?? '/').split('?');
    const request = { method: message.method ?? 'GET', path, headers, body: await bodyOf(message) };
    const answer = await apiAnswer(request, api);
    if (latency > 0) await clock.sleep(latency);
    response.writeHead(answer.status, {
      server: 'Microsoft-HTTPAPI/2.0',
      'cache-control': 'no-cache, no-store',
      date: clock.now().toUTCString(),
      ...(answer.body === undefined ? { 'content-length': '0' } : { 'content-type': 'application/json; charset=utf-8' }),
      ...answer.headers,
    });
    response.end(answer.body === undefined ? undefined : withMark(answer.body));
  } catch {
    message.socket.destroy();
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/**
 * Starts a practice MailStore on 127.0.0.1: its management interface over HTTPS with a self-signed certificate, and what a person
 * clicks in its client as methods. It is a real client of the practice tenant.
 */
export async function startPracticeArchiveServer(options: PracticeArchiveServerOptions): Promise<PracticeArchiveServer> {
  const { kind, tenants, clock = systemClock } = options;
  const acts: Conduct = { ...conduct, ...options.conduct };
  const { saved } = options;
  const restored = new Map((saved?.instances ?? []).map((each) => [each.id, each]));
  const instances = (kind === 'server' ? [''] : (options.instances ?? ['contoso'])).map((id) => {
    const before = restored.get(id);
    return before === undefined ? emptyInstance(id) : restoredInstance(before);
  });
  const users: ApiUser[] = [
    { name: 'admin', password: saved?.password ?? randomBytes(12).toString('base64url'), mayUseApi: true, mfa: false },
  ];
  const calls: RecordedCall[] = [];
  const longCalls = new LongCalls();
  const fetch = practiceFetch(tenants);
  const consoleOf = (instance: ArchiveInstance) => openConsole({ instance, fetch, now: () => clock.now(), mailboxes: () => acts });
  const archives: Archives = {
    kind,
    instances,
    consoleOf,
    zone: () => acts.zone,
    refusesLongWindows: () => acts.refusesLongWindows,
  };
  const api: Api = {
    archives,
    longCalls,
    users: () => users,
    dialect: () => acts.dialect,
    badLogin: () => acts.badLogin,
    takeStatusCode: () => {
      const { nextStatusCode } = acts;
      acts.nextStatusCode = null;
      return nextStatusCode;
    },
    record: (call) => void calls.push(call),
  };
  let tls = saved === undefined ? await newTls(clock) : restoredTls(saved);
  const server = createServer(
    { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' },
    (message, response) => void serve(message, response, api, acts.latency, clock),
  );
  const port = await listen(server, saved?.port ?? options.port ?? 0).catch((error: unknown) => {
    if (saved === undefined) throw error;
    return listen(server, 0);
  });
  const instance = (id = ''): ArchiveInstance => {
    const found = instances.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no instance ${id}`);
    return found;
  };
  return {
    conduct: acts,
    users,
    calls,
    describe: () => ({
      kind,
      url: `https://127.0.0.1:${port}`,
      user: users[0]?.name ?? '',
      password: users[0]?.password ?? '',
      sha256: tls.certificate.thumbprintSha256,
      instances: kind === 'server' ? [] : instances.map(({ id }) => id),
    }),
    saved: () => ({
      kind,
      port,
      password: users[0]?.password ?? '',
      tls: { key: tls.key, cert: tls.cert },
      instances: instances.map(savedInstance),
    }),
    console: (id) => consoleOf(instance(id)),
    instance,
    swapCertificate: async () => {
      tls = await newTls(clock);
      server.setSecureContext({ key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' });
      server.closeAllConnections();
    },
    restart: () => {
      longCalls.forget();
      server.closeAllConnections();
    },
    close: async () => {
      longCalls.forget();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
