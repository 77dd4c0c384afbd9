import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { clouds } from '../../../main/clouds/index.ts';
import { createDirectory, graphFault, GraphFailure } from '../../../main/directory/index.ts';
import { createRequestCounter } from '../../../main/http/index.ts';
import { fakeGraph, graphError, json } from './fake-graph.ts';

const text = (body: string, status = 200) => new Response(body, { status, headers: { 'content-type': 'application/json' } });
const failureOf = async (asked: Promise<unknown>): Promise<GraphFailure> => {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (error instanceof GraphFailure) return error;
  throw new Error('no failure of Graph', { cause: error });
};

test.each([
  ['cut off', '{"id":"'],
  ['no JSON', 'hello'],
  ['very deep', '['.repeat(200_000)],
])('an answer that is %s is an outage of the service, for a read as for a write', async (_, body) => {
  const read = await failureOf(fakeGraph([text(body)]).directory.read('/organization'));
  expect(graphFault(read, { step: 'verify' })).toMatchObject({ code: 'service.failed', kind: 'unreachable' });
  // What the write did is open: it has to be looked up.
  expect((await failureOf(fakeGraph([text(body, 201)]).directory.createServicePrincipal('a'))).kind).toBe('uncertain');
});

test.each([
  ['createServicePrincipal', () => fakeGraph([json(201, {})]).directory.createServicePrincipal('a')],
  ['upsertApplication', () => fakeGraph([json(201, { id: 'o' })]).directory.upsertApplication('u', {})],
  ['addKey', () => fakeGraph([json(200, { status: 'login required' })]).directory.addKey('o', {}, 'proof')],
  [
    'createDelegatedGrant',
    () =>
      fakeGraph([json(201, [])]).directory.createDelegatedGrant({
        clientId: 'c',
        resourceId: 'r',
        consentType: 'AllPrincipals',
        scope: 's',
      }),
  ],
  [
    'assignAppRole',
    () => fakeGraph([json(201, { error: {} })]).directory.assignAppRole({ appRoleId: 'r', principalId: 'p', resourceId: 'g' }),
  ],
])('%s without what it made has an open outcome', async (_, write) => {
  expect((await failureOf(write())).kind).toBe('uncertain');
});

test('a compressed answer is measured by what it grows to', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20), { level: 9 });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(bomb);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // oxlint-disable-line typescript/no-unsafe-type-assertion -- a TCP server has a port
  let requests = 0;
  const directory = createDirectory({
    cloud: clouds.global,
    clock: systemClock,
    counter: createRequestCounter(),
    connection: { accessToken: () => Promise.resolve('token') },
    fetch: (_, init) => {
      requests += 1;
      return fetch(`http://127.0.0.1:${port}/`, init);
    },
  });
  const failure = await failureOf(directory.read('/organization'));
  expect(graphFault(failure, { step: 'verify' })).toMatchObject({ code: 'service.failed', kind: 'unreachable' });
  expect(requests).toBe(1);
});

test('a token that an error quotes back is in no fault', async () => {
  const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify({ aud: 'x', roles: ['a'] })).toString('base64url')}.${'c2ln'.repeat(20)}`;
  const quoting = graphError(400, 'Request_BadRequest', `You sent {"proof":"${token}"} with Authorization: Bearer ${token}`, [
    { code: 'InvalidValue', message: `Bearer ${token}`, target: token },
  ]);
  const failure = await failureOf(fakeGraph([quoting]).directory.updateApplication('o', {}));
  const fault = graphFault(failure, { step: 'G10' });
  const told = JSON.stringify([failure.message, failure.details, failure.code, fault.params, String(failure), failure.stack]);
  for (const piece of token.split('.')) expect(told).not.toContain(piece.slice(0, 24));
  expect(told).toContain('You sent');
});
