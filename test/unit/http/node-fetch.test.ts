import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isWindows, skippedWhere } from '../../system.ts';

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

/** A server's certificate for `localhost`, which is its own root. */
function selfSigned(): { readonly certificate: string; readonly key: string } {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const privateKey = forge.pki.privateKeyFromPem(key);
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  made.validity.notAfter = new Date(Date.now() + 2 * 86_400_000);
  made.setSubject([{ name: 'commonName', value: 'localhost' }]);
  made.setIssuer(made.subject.attributes);
  made.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
  ]);
  made.sign(privateKey, forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made), key };
}

let root = '';
let securePort = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tenant-keyring-'));
  root = join(directory, 'root.pem');
  const { certificate, key } = selfSigned();
  await writeFile(root, certificate);
  securePort = await portOf(createHttps({ key, cert: certificate }, (_, response) => response.end('secure')));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(directory, { recursive: true, force: true });
});

// On Windows these are in the certificate store, of the user or of the computer.
const inStore = skippedWhere(isWindows, 'a root would have to go into the certificate store of this computer');
test('trusts a root of the operating system', inStore, async () => {
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
  const trusting = isWindows ? { NODE_EXTRA_CA_CERTS: root } : { SSL_CERT_FILE: root };
  expect(await fetchInProcess(`https://localhost:${securePort}/`, { HTTPS_PROXY, ...trusting })).toBe('secure');
  expect(asked).toEqual(['graph.invalid:443']);
});
