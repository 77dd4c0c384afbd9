import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { connectToServer, parseAddress, type ConnectRequest, type ServerConnection } from '../../../main/mailstore/index.ts';
import type { PracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';

/** What a client has to know of a practice MailStore. */
export function requestTo(server: PracticeArchiveServer, more: Partial<ConnectRequest> = {}): ConnectRequest {
  const { url, user, password, sha256 } = server.describe();
  return { address: parseAddress(url), pin: sha256, user, password, fetch: null, now: () => new Date(), ...more };
}

/** Our client on a practice MailStore, gone when the test ends. */
export async function connected(server: PracticeArchiveServer, more: Partial<ConnectRequest> = {}): Promise<ServerConnection> {
  const connection = await connectToServer(requestTo(server, more));
  onTestFinished(() => connection.close());
  return connection;
}

/** The fault that a promise rejects with, as data. */
export async function faultOf(promise: Promise<unknown>): Promise<{ readonly code: string; readonly params: Record<string, unknown> }> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return { code: String(Reflect.get(error, 'code') ?? error.stack), params: Object(Reflect.get(error, 'params')) };
}

/** Where it listens on this computer from now on, until the test ends. */
export async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a listening TCP server
  return (server.address() as AddressInfo).port;
}
