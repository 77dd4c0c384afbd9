import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemClock, type Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { describePractice, type PracticeDescription } from './description.ts';
import { encoded, textOf } from './encoding.ts';
import { startImap, type ImapListener } from './exchange-online/index.ts';
import { exchange, type FaultInjection } from './exchange.ts';
import {
  FaultPlan,
  type PracticeFaultKind,
  type PracticeFaultOptions,
  type PracticeFaultSelector,
  type PracticeItemFaultKind,
} from './faults.ts';
import { isPractice, serviceOf } from './front-end.ts';
import { createRealm, createSigningKey, type Realm } from './identity/index.ts';
import { createWorld } from './live-world.ts';
import { openRequestLog, type RequestLog } from './log.ts';
import { hashOf, idStream, namedStreams, randomStream } from './random.ts';
import { receive, type ReceivedRequest } from './request.ts';
import { seedPartnerTenant, seedState } from './seed.ts';
import { loadState, saveState } from './state-file.ts';
import type { PracticeAnswer, PracticeKnobs, PracticeRequest, World } from './world.ts';

export interface PracticeOptions {
  /** 0 or absent = any free port. */
  readonly port?: number;
  /** Number of tenants of a new world; default 1. */
  readonly tenants?: number;
  /** Further service principals per tenant of a new world; default 20. */
  readonly principals?: number;
  /** True: the first tenant of a new world has an application that was in use for years (`seedLivedIn`). Default false. */
  readonly livedIn?: boolean;
  /** Default: no latency, no throttling, one and a half seconds until what is written is known everywhere, seed 1. */
  readonly knobs?: Partial<PracticeKnobs>;
  /** Where the world is kept; read at start if it is there, written after every change. Absent = in memory only. */
  readonly statePath?: string;
  /** Gets one line per request. */
  readonly logPath?: string;
  readonly clock?: Clock;
}

export interface PracticeServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly world: World;
  describe(): PracticeDescription;
  /** Programmes a fault; requests below `/practice/` are never hit nor counted. */
  faultOn(selector: PracticeFaultSelector, kind: PracticeFaultKind, options?: PracticeFaultOptions): void;
  /** The same for single items of a `$batch`, which are counted by themselves. */
  faultOnItem(selector: PracticeFaultSelector, kind: PracticeItemFaultKind, options?: PracticeFaultOptions): void;
  /** Gives everything that is asked below a path of `/practice/` to something that stands beside the tenants. */
  attach(path: string, answer: Beside): void;
  close(): Promise<void>;
}

/** What stands beside the tenants on their origin; no fault is ever programmed for it. */
export type Beside = (request: PracticeRequest) => Promise<PracticeAnswer>;

const defaultKnobs: PracticeKnobs = { latency: 0, replication: 1500, updates: 1500, throttle: 0, throttleTokens: 0, seed: 1 };

function openWorld({ tenants = 1, principals = 20, livedIn = false, knobs, statePath, clock = systemClock }: PracticeOptions): World {
  const allKnobs = { ...defaultKnobs, ...knobs };
  const saved = statePath === undefined ? null : loadState(statePath);
  // A saved world must not get the ids again that it has already.
  const random = randomStream(saved === null ? allKnobs.seed : allKnobs.seed ^ hashOf(JSON.stringify(saved)));
  const newId = idStream(random);
  const state = saved ?? seedState({ tenants, principals, livedIn, newId });
  const world = createWorld({
    state,
    knobs: allKnobs,
    clock,
    chance: namedStreams(allKnobs.seed ^ 0x7265_706c),
    newId,
    save: (changed) => (statePath === undefined ? undefined : saveState(statePath, changed)),
  });
  if (saved === null) world.changed();
  return world;
}

/**
 * Starts practice tenants: simulated Microsoft Entra ID and Microsoft Graph on one loopback origin, strict where
 * Microsoft is (docs/decisions/practice-tenant.md).
 *
 * @throws Fault practice.state-unreadable, practice.state-unwritable, practice.log-unwritable, practice.port-unavailable
 */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeServer> {
  const clock = options.clock ?? systemClock;
  const world = openWorld(options);
  const { seed } = world.knobs;
  const log = options.logPath === undefined ? null : openRequestLog(options.logPath);
  let origin = '';
  const partnerTenant = seedPartnerTenant(idStream(randomStream(seed ^ 0x7461_696c)));
  const realm = createRealm({ world, key: await createSigningKey(), partnerTenant, origin: () => origin });
  const [plan, itemPlan] = [new FaultPlan(), new FaultPlan()];
  let listening: Promise<ImapListener> | null = null;
  const imap = () => (listening ??= startImap(realm));
  const faultInjection: FaultInjection = { clock, plan, itemPlan, chance: namedStreams(seed ^ 0x7468_726f), imap };
  const beside = new Map<string, Beside>();
  const server = createServer((message, response) => void serve(message, response, { realm, faultInjection, log, beside }));
  try {
    origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  } catch (error) {
    log?.close();
    throw error;
  }
  return {
    origin,
    world,
    describe: () => describePractice(origin, world.state),
    faultOn: (selector, kind, faultOptions) => plan.on(selector, kind, faultOptions),
    faultOnItem: (selector, kind, faultOptions) => itemPlan.on(selector, kind, faultOptions),
    attach: (path, answer) => void beside.set(path, answer),
    close: async () => {
      await (await listening)?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      log?.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Fault('practice.port-unavailable', { params: { port: String(port), detail: error.message }, cause: error })),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

interface Serving {
  readonly realm: Realm;
  readonly faultInjection: FaultInjection;
  readonly log: RequestLog | null;
  readonly beside: ReadonlyMap<string, Beside>;
}

function answered(request: ReceivedRequest, { realm, faultInjection, beside }: Serving): Promise<PracticeAnswer | null> {
  const [, next] = isPractice(request)
    ? ([...beside].find(([path]) => request.path === path || request.path.startsWith(`${path}/`)) ?? [])
    : [];
  return next === undefined ? exchange(request, realm, faultInjection) : next(request);
}

/** A page of the internet that had its name pointed here would send that name (DNS rebinding). */
const isLoopbackHost = (host: string | undefined): boolean => /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host ?? '');

async function serve(message: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { realm, log } = serving;
  const started = performance.now();
  try {
    const request = await receive(message);
    const answer = isLoopbackHost(request.headers['host']) ? await answered(request, serving) : { status: 421 };
    log?.write({
      time: realm.world.now(),
      request,
      status: answer?.status ?? 0,
      ms: Math.round(performance.now() - started),
      responseBody: answer?.body,
    });
    if (answer === null)
      message.socket.destroy(); // the message itself is read to its end, destroying it would leave the connection open
    else send(response, answer, realm.world, request);
  } catch (error) {
    // A rule that throws is a bug of the practice tenant; the client sees what it would see of a broken service.
    if (response.headersSent || message.destroyed) message.socket.destroy();
    else send(response, { status: 500, body: { error: { code: 'InternalServerError', message: String(error) } } }, realm.world, null);
  }
}

function send(response: ServerResponse, answer: PracticeAnswer, world: World, request: ReceivedRequest | null): void {
  const text = textOf(answer);
  const zip = request !== null && serviceOf(request) === 'graph' ? request.headers['accept-encoding'] : undefined;
  const sent = typeof text === 'string' ? encoded(text, zip) : text && { body: text, headers: {} };
  response.writeHead(answer.status, {
    date: world.now().toUTCString(),
    ...(text === undefined || typeof answer.body === 'string' || typeof text !== 'string'
      ? {}
      : { 'content-type': 'application/json; charset=utf-8' }),
    ...sent?.headers,
    ...answer.headers,
  });
  response.end(sent?.body);
}
