import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createRaw } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { certificateDates, createCertificate, toPem } from '../../../main/certificates/index.ts';
import { createNodeFetch } from '../../../main/http/index.ts';
import { connectToServer, lookAtCertificate, parseAddress } from '../../../main/mailstore/index.ts';
import { archive } from './archive.ts';
import { connected, faultOf, portOf, requestTo } from './connected.ts';

async function tls() {
  const made = await createCertificate({ commonName: 'Somebody', keySize: 2048, ...certificateDates(new Date(), { months: 1 }) });
  const key = made.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { key, cert: toPem(made.certificate), pin: made.certificate.thumbprintSha256 };
}

const login = { user: 'admin', password: 'secret password', fetch: null, now: () => new Date() };

describe('the certificate', () => {
  it('is compared before a byte is sent', async () => {
    const { key, cert, pin } = await tls();
    let received = 0;
    const server = createTlsServer({ key, cert }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => (received += chunk.length));
    });
    const address = parseAddress(`127.0.0.1:${await portOf(server)}`);
    const closed = new Promise((resolve) => {
      server.once('secureConnection', (socket) => socket.once('close', resolve));
      // The client may be gone before the server has finished its own side.
      server.once('tlsClientError', resolve);
    });
    const expected = 'AB'.repeat(32);
    expect(await faultOf(connectToServer({ ...login, address, pin: expected }))).toMatchObject({
      code: 'server.certificate-changed',
      params: { expected, sha256: pin },
    });
    await closed;
    expect(received).toBe(0);
  });

  it('that this computer does not trust is shown, and nothing was sent', async () => {
    const { server } = await archive({ kind: 'server' });
    const { address, user, password, now } = requestTo(server);
    const fault = await faultOf(connectToServer({ address, user, password, now, pin: null, fetch: createNodeFetch() }));
    expect(fault).toMatchObject({ code: 'server.certificate-untrusted', params: { sha256: server.describe().sha256 } });
    expect(fault.params['notAfter']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(server.calls).toEqual([]);
    expect(await lookAtCertificate(address)).toMatchObject({ sha256: server.describe().sha256 });
  });

  it('that changed while connected stops the next call, and the new one is taken once it is accepted', async () => {
    const { server } = await archive({ kind: 'server' });
    const connection = await connected(server);
    await server.swapCertificate();
    const before = server.calls.length;
    expect(await faultOf(connection.credentials(null))).toMatchObject({
      code: 'server.certificate-changed',
      params: { sha256: server.describe().sha256 },
    });
    expect(server.calls).toHaveLength(before);
    expect(await (await connected(server)).credentials(null)).toEqual([]);
  });
});

describe('what answers is told', () => {
  it.each<[string, string, string, number, string]>([
    ['another service', 'text/html', '<html>MailStore Web Access</html>', 200, 'server.foreign-answer'],
    ['a proxy’s page', 'text/html', '<html>Sign in</html>', 302, 'server.foreign-answer'],
    ['other JSON', 'application/json', '{"value":[]}', 200, 'server.foreign-answer'],
    ['a list of something else', 'application/json', '[{"id":1}]', 200, 'server.answer-unreadable'],
    ['half a list', 'application/json', '[{"name":"GetServerInfo"', 200, 'server.answer-unreadable'],
    ['functions of neither product', 'application/json', '[{"name":"Ping","args":[]}]', 200, 'server.kind-unclear'],
    [
      'functions of both',
      'application/json',
      '[{"name":"GetServerInfo","args":[]},{"name":"GetEnvironmentInfo","args":[]}]',
      200,
      'server.kind-unclear',
    ],
  ])('%s, without the password', async (_what, type, text, status, code) => {
    const { pin, ...options } = await tls();
    const authorizations: unknown[] = [];
    const server = createSecure(options, (message, response) => {
      authorizations.push(message.headers.authorization);
      message.resume();
      response.writeHead(status, { 'content-type': type, location: 'https://127.0.0.1:1/elsewhere' });
      response.end(text);
    });
    const address = parseAddress(`127.0.0.1:${await portOf(server)}`);
    expect((await faultOf(connectToServer({ ...login, address, pin }))).code).toBe(code);
    expect(authorizations).toEqual([undefined]);
  });

  it('http', async () => {
    const server = createPlain((_message, response) => response.end('plain'));
    const address = parseAddress(`127.0.0.1:${await portOf(server)}`);
    expect((await faultOf(connectToServer({ ...login, address, pin: 'AB'.repeat(32) }))).code).toBe('server.not-https');
  });

  it('nothing, and something that hangs up', async () => {
    const closing = createRaw((socket) => socket.destroy());
    const port = await portOf(closing);
    const ask = () => faultOf(connectToServer({ ...login, address: parseAddress(`127.0.0.1:${port}`), pin: 'AB'.repeat(32) }));
    expect((await ask()).code).toBe('server.unreachable');
    await new Promise((resolve) => {
      closing.close(resolve);
    });
    expect(await ask()).toMatchObject({ code: 'server.unreachable', params: { detail: expect.stringContaining('ECONNREFUSED') } });
  });
});

describe('an address', () => {
  it.each([
    ['https://mailstore.example.com:8463', 'mailstore.example.com', 8463],
    ['mailstore.example.com', 'mailstore.example.com', 8463],
    [' MailStore.Example.com:8474 ', 'mailstore.example.com', 8474],
    ['https://mailstore.example.com:443', 'mailstore.example.com', 443],
    ['https://[::1]:8463/', '::1', 8463],
    ['192.168.1.20:8463', '192.168.1.20', 8463],
  ])('%s is one', (typed, host, port) => {
    expect(parseAddress(typed)).toEqual({ host, port });
  });

  it.each(['', 'http://mailstore.example.com:8463', 'https://x/api', 'https://u:p@x', 'x?y', 'ftp://x', 'https://'])(
    '“%s” is none',
    async (typed) => {
      expect((await faultOf(Promise.resolve().then(() => parseAddress(typed)))).code).toBe('server.address-invalid');
    },
  );
});

test('nothing is asked of a proxy, and no redirect is followed', async () => {
  const { server } = await archive({ kind: 'server' });
  // What the proxy variables lead to does not matter: connections to a pinned server have an agent of their own.
  process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
  onTestFinished(() => void delete process.env['HTTPS_PROXY']);
  expect((await connected(server)).kind).toBe('server');
});
