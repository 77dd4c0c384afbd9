import type { z } from 'zod';
import { Fault } from '../faults.ts';
import type { Fetch } from '../http/index.ts';
import { addressText, type ServerAddress } from './address.ts';
import {
  credentialsShape,
  directoryServicesShape,
  instancesShape,
  profilesShape,
  runsShape,
  serverInfoShape,
  type ArchivingProfile,
  type DirectoryServices,
  type FinishedRun,
  type HeldCredential,
  type ServerInstance,
} from './archive.ts';
import { calls, callToItsEnd, sendForm, type Call, type Line } from './calls.ts';
import { kindOf, listedFunctions, requireListed, type Listed, type ServerKind } from './discovery.ts';
import { foreignAnswer, jsonOf, readAnswer, type Asked } from './envelope.ts';
import { daysOf, windowsBefore } from './runs.ts';
import { pinnedTransport, trustedTransport, type Transport } from './transport.ts';

export interface ConnectRequest {
  readonly address: ServerAddress;
  /** SHA-256 of the certificate that somebody confirmed, upper-case hex; null = the certificate has to be trusted here. */
  readonly pin: string | null;
  readonly user: string;
  readonly password: string;
  /** The host's own fetch; null where nothing but a pinned certificate will do. */
  readonly fetch: Fetch | null;
  /** It answered here before as this kind, with this very certificate pinned: then it has shown already what it is. */
  readonly known?: ServerKind;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
}

/** A server that answered, took the password and told its functions. Every call reads. Throws Fault server.*, interrupted. */
export interface ServerConnection {
  readonly kind: ServerKind;
  readonly version: string;
  /** What get-metadata told. */
  readonly listed: Listed;
  /** All instances, also those that are stopped, as they were when this connection asked first; none on a Server. */
  instances(): Promise<readonly ServerInstance[]>;
  /** @param instance null on a Server */
  credentials(instance: string | null): Promise<readonly HeldCredential[]>;
  directoryServices(instance: string | null): Promise<DirectoryServices>;
  profiles(instance: string | null): Promise<readonly ArchivingProfile[]>;
  /** The runs of the last days, as far back as it takes to find one that archived something, at most a month. */
  runs(instance: string | null): Promise<readonly FinishedRun[]>;
  /** All runs of the last month. */
  history(instance: string | null): Promise<readonly FinishedRun[]>;
  /** What a run says of itself. */
  report(instance: string | null, run: number): Promise<unknown>;
  /**
   * Test Settings: reads the users of the tenant and stores nothing.
   *
   * @returns what came, which nobody described: to be shown, not to be read
   * @throws Fault server.synchronisation-deletes while directory services delete users
   */
  dryRun(instance: string | null): Promise<unknown>;
  /** The clock of the server at its latest answer; null where it did not tell. */
  serverTime(): Date | null;
  /** Every call with its result, for the recorder; the same that the methods above make. */
  raw(call: Call): Promise<unknown>;
  close(): void;
}

/** HTTP Basic with the password in UTF-8. */
const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

/**
 * Asks without the password: whoever else listens there never gets it.
 *
 * @param known a Service Provider Edition that was here before, which would only refuse that
 */
async function metadataOf(line: Line, authorization: string, known: boolean): Promise<unknown> {
  const asked: Asked = { address: line.address, function: 'get-metadata' };
  const first = await sendForm({ ...line, authorization: known ? authorization : null }, '/api/get-metadata', {});
  // The Server tells its functions to anybody, the Service Provider Edition to those who are signed in.
  const answer = first.status === 401 && !known ? await sendForm({ ...line, authorization }, '/api/get-metadata', {}) : first;
  if (answer.status === 401) throw new Fault('server.login-refused', { params: { address: line.address, detail: '401' } });
  if (answer.status === 403) throw new Fault('server.not-permitted', { params: { address: line.address } });
  const metadata = jsonOf(answer, asked);
  if (!Array.isArray(metadata)) throw foreignAnswer(asked, answer);
  return metadata;
}

/** The version, by the function that shows whether the password is right. @throws Fault server.login-refused */
async function versionOf(line: Line, kind: ServerKind): Promise<string> {
  const call = kind === 'server' ? calls.serverInfo() : calls.environmentInfo();
  try {
    const result = await callToItsEnd(line, call);
    return readAnswer(serverInfoShape, result, { address: line.address, function: call.name }).version;
  } catch (error) {
    // Some versions answer a wrong password with an envelope.
    if (error instanceof Fault && error.code === 'server.call-failed')
      throw new Fault('server.login-refused', { params: { address: line.address, detail: error.params['detail'] ?? '' }, cause: error });
    throw error;
  }
}

/** The same, with the server's clock listened to. */
function heard(transport: Transport): { readonly transport: Transport; readonly time: () => Date | null } {
  let time: Date | null = null;
  return {
    time: () => time,
    transport: {
      close: () => transport.close(),
      send: async (request) => {
        const answer = await transport.send(request);
        ({ date: time } = answer);
        return answer;
      },
    },
  };
}

function transportTo({ address, pin, fetch }: ConnectRequest): Transport {
  if (pin !== null) return pinnedTransport(address, pin);
  if (fetch === null) throw new Error('a certificate has to be pinned here');
  return trustedTransport(address, fetch);
}

/** The error that versions of the interface have with long windows of time. */
const isWindowTooLong = (error: unknown): boolean =>
  error instanceof Fault &&
  error.code === 'server.call-failed' &&
  /nullable object must have a value/i.test(String(error.params['detail']));

/**
 * Connects to a management interface: its certificate is accepted first, then it has to show that it is one, and only then the
 * password is sent.
 *
 * @throws Fault server.*, interrupted
 */
export async function connectToServer(request: ConnectRequest): Promise<ServerConnection> {
  const { user, password, pin, known, now, signal } = request;
  const address = addressText(request.address);
  const { transport, time } = heard(transportTo(request));
  const authorization = basic(user, password);
  const line: Line = { transport, authorization, address, ...(signal === undefined ? {} : { signal }) };
  try {
    const isKnown = pin !== null && known === 'spe';
    const listed = listedFunctions(await metadataOf(line, authorization, isKnown), { address, function: 'get-metadata' });
    const kind = kindOf(listed, { address, function: 'get-metadata' });
    const version = await versionOf(line, kind);

    const raw = async (call: Call): Promise<unknown> => {
      requireListed(call.name, call.args, listed, { address, version });
      return callToItsEnd(line, call);
    };
    const read = async <T>(shape: z.ZodType<T>, call: Call): Promise<T> =>
      readAnswer(shape, await raw(call), { address, function: call.name });
    const directoryServices = (instance: string | null) => read(directoryServicesShape, calls.directoryServices(instance));

    // Asked once: who connects wants to know them, and who asks one of them whether it runs.
    let instances: Promise<readonly ServerInstance[]> | null = null;

    const runsIn = async (instance: string | null, window: { readonly from: Date; readonly to: Date }): Promise<FinishedRun[]> => {
      try {
        return await read(runsShape, calls.workerResults(instance, window.from, window.to));
      } catch (error) {
        const days = daysOf(window);
        if (!isWindowTooLong(error) || days.length === 1) throw error;
        const found: FinishedRun[] = [];
        for (const part of days) found.push(...(await runsIn(instance, part)));
        return found;
      }
    };

    return {
      kind,
      version,
      listed,
      raw,
      directoryServices,
      instances: () => (kind === 'server' ? Promise.resolve([]) : (instances ??= read(instancesShape, calls.instances()))),
      credentials: (instance) => read(credentialsShape, calls.credentials(instance)),
      profiles: (instance) => read(profilesShape, calls.profiles(instance)),
      runs: async (instance) => {
        const found: FinishedRun[] = [];
        for (const window of windowsBefore(now())) {
          found.push(...(await runsIn(instance, window)));
          if (found.some(({ itemsArchived }) => itemsArchived > 0)) break;
        }
        return found;
      },
      history: async (instance) => {
        const found: FinishedRun[] = [];
        for (const window of windowsBefore(now())) found.push(...(await runsIn(instance, window)));
        return found;
      },
      serverTime: time,
      report: (instance, run) => raw(calls.workerResultReport(instance, run)),
      dryRun: async (instance) => {
        if ((await directoryServices(instance)).deletesUsers) throw new Fault('server.synchronisation-deletes', { params: { address } });
        return raw(calls.dryRun(instance));
      },
      close: () => transport.close(),
    };
  } catch (error) {
    transport.close();
    throw error;
  }
}
