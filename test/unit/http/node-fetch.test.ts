import { execFile } from 'node:child_process';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
let directory = '';
const servers: Server[] = [];

const portOf = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // oxlint-disable-line typescript/no-unsafe-type-assertion -- a TCP server has a port
};

/** Process-wide settings are tried in a process of their own. */
async function fetchInProcess(address: string, environment: Record<string, string>): Promise<string> {
  const script = `
    import { createNodeFetch } from ${JSON.stringify(new URL('../../../main/http/index.ts', import.meta.url).href)};
    const fetch = createNodeFetch();
    const show = (e) => e.cause ? show(e.cause) : (e.code ?? '') + ' ' + e.message;
    console.log(await fetch(${JSON.stringify(address)}).then((r) => r.text(), show));`;
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...inherited, HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '', NO_PROXY: '', no_proxy: '', ...environment },
  });
  return stdout.trim();
}

let root = '';
let securePort = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tenant-keyring-'));
  root = join(directory, 'root.pem');
  const key = join(directory, 'key.pem');
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    root,
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
  ]);
  securePort = await portOf(createHttps({ key: await readFile(key), cert: await readFile(root) }, (_, response) => response.end('secure')));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(directory, { recursive: true, force: true });
});

test('trusts a root of the operating system', async () => {
  expect(await fetchInProcess(`https://localhost:${securePort}/`, { SSL_CERT_FILE: root })).toBe('secure');
});

test('trusts nothing else', async () => {
  expect(await fetchInProcess(`https://localhost:${securePort}/`, {})).toMatch(/CERT|certificate/i);
});

test('goes through the proxy of the environment, but never for loopback', async () => {
  const asked: string[] = [];
  const proxy = createHttp().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  const HTTPS_PROXY = `http://127.0.0.1:${await portOf(proxy)}`;
  expect(await fetchInProcess('https://graph.invalid/', { HTTPS_PROXY })).toContain('407');
  expect(await fetchInProcess(`https://localhost:${securePort}/`, { HTTPS_PROXY, SSL_CERT_FILE: root })).toBe('secure');
  expect(asked).toEqual(['graph.invalid:443']);
});
