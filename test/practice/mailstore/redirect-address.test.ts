import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import forge from 'node-forge';
import { expect, it, onTestFinished } from 'vitest';
import { lookAtAddress } from '../../../main/mailstore/redirect-address.ts';
import { portOf } from './connected.ts';

/** A web server on this computer, with a certificate of its own for `localhost`. */
async function site() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 60_000);
  certificate.validity.notAfter = new Date(Date.now() + 30 * 86_400_000);
  const name = [{ name: 'commonName', value: 'localhost' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate);
  const server = createTlsServer({ key: privateKey, cert }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  return { cert, port: await portOf(server), notAfter: new X509Certificate(cert).validTo };
}

it('finds a certificate that this computer does not trust, and says why', async () => {
  const { port } = await site();
  const look = await lookAtAddress({ host: 'localhost', port });
  expect(look).toMatchObject({ found: 'untrusted', detail: expect.stringMatching(/SELF_SIGNED|self.signed/) });
});

it('passes one that it trusts, with its end, and not under another name', async () => {
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  const { cert, port, notAfter } = await site();
  setDefaultCACertificates([...before, cert]);
  const look = await lookAtAddress({ host: 'localhost', port });
  expect(look.found === 'trusted' && Date.parse(look.notAfter)).toBe(Date.parse(notAfter));
  expect(await lookAtAddress({ host: '127.0.0.1', port })).toMatchObject({ found: 'untrusted' });
});

it('tells a name that nobody knows from a port that does not answer', async () => {
  expect(await lookAtAddress({ host: 'archive.invalid', port: 443 })).toMatchObject({ found: 'no-name' });
  const closed = createServer();
  const port = await portOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  expect(await lookAtAddress({ host: '127.0.0.1', port })).toMatchObject({ found: 'no-answer' });
});
