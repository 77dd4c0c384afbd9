import { expect, it } from 'vitest';
import { GraphFailure, wasNeverSent } from '../../../main/directory/index.ts';
import { networkFault } from '../../../main/http/index.ts';

const systemError = (code: string, message = `${code} 127.0.0.1:443`) => Object.assign(new Error(message), { code });

/** As the transport makes it of what `fetch` rejects with. */
function undelivered(cause: Error): GraphFailure {
  const fault = networkFault(new TypeError('fetch failed', { cause }), 'graph.microsoft.com');
  return new GraphFailure('uncertain', { status: 0, code: fault.code, message: fault.code, cause: fault });
}

it.each([
  ['no connection', systemError('ECONNREFUSED')],
  ['no such host', systemError('ENOTFOUND')],
  ['no address answers', new AggregateError([systemError('ECONNREFUSED'), systemError('ENETUNREACH')])],
  ['Chromium’s name for it', new Error('net::ERR_NAME_NOT_RESOLVED')],
  ['a certificate that is not trusted', systemError('SELF_SIGNED_CERT_IN_CHAIN')],
])('%s: it certainly never reached Microsoft', (_, cause) => {
  expect(wasNeverSent(undelivered(cause))).toBe(true);
});

it.each([
  ['a connection that dropped', systemError('ECONNRESET', 'read ECONNRESET')],
  ['one that the other side closed', systemError('UND_ERR_SOCKET', 'other side closed')],
  ['a pool of addresses of which one took it', new AggregateError([systemError('ECONNREFUSED'), systemError('ECONNRESET')])],
])('%s: nobody knows', (_, cause) => {
  expect(wasNeverSent(undelivered(cause))).toBe(false);
});

it('an answer that says that something failed is no proof either', () => {
  expect(wasNeverSent(new GraphFailure('uncertain', { status: 503, code: 'HTTP 503', message: 'ECONNREFUSED' }))).toBe(false);
});
