import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { isForeignAnswer, networkFault } from '../../../main/http/index.ts';

const failed = (cause: Error) => new TypeError('fetch failed', { cause });
const withCode = (code: string, message = code) => Object.assign(new Error(message), { code });

test.each([
  ['service.unreachable', failed(withCode('ENOTFOUND', 'getaddrinfo ENOTFOUND graph.microsoft.com'))],
  ['service.unreachable', failed(new AggregateError([withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')]))],
  ['service.certificate-refused', failed(withCode('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'))],
  ['service.certificate-refused', failed(withCode('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'))],
  ['service.certificate-refused', failed(withCode('INVALID_PURPOSE', 'unsuitable certificate purpose'))],
  ['service.certificate-refused', new Error('net::ERR_CERT_AUTHORITY_INVALID')],
  [
    'service.proxy-refused',
    failed(new Error('Request was cancelled.', { cause: withCode('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling') })),
  ],
  ['service.proxy-refused', new Error('net::ERR_TUNNEL_CONNECTION_FAILED')],
] as const)('%s', (code, error) => {
  expect(networkFault(error, 'graph.microsoft.com').code).toBe(code);
});

test('the detail is what the system said, not “fetch failed”', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const error: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((reason: unknown) => reason);
  expect(networkFault(error, '127.0.0.1').params['detail']).toContain('ECONNREFUSED');
});

test.each([
  [true, 'text/html; charset=utf-8', '<html>'],
  [true, null, '  <!doctype html>'],
  [true, 'text/plain', 'Access denied by policy'],
  [false, 'application/json; charset=utf-8', '{}'],
  [false, null, ''],
] as const)('foreign: %s for %s', (foreign, contentType, text) => {
  expect(isForeignAnswer(contentType, text)).toBe(foreign);
});
