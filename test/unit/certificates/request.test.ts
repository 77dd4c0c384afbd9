import { createPublicKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRequest } from '../../../main/certificates/index.ts';
import { isInstalled, openssl, ours, scratchFile } from './samples.ts';

beforeEach((context) => {
  if (!isInstalled('openssl')) context.skip('skipped, because openssl is not installed');
});

describe('a certification request', () => {
  it('is good in the eyes of openssl: its signature, its name, the key, what it asks for', async () => {
    const { privateKey } = await ours();
    const path = scratchFile('x.csr', await createRequest('Contoso – Archiv Köln 漢', privateKey));
    const text = openssl(['req', '-in', path, '-verify', '-noout', '-text', '-nameopt', 'utf8,-esc_msb']);
    expect(text).toMatch(/CN ?= ?Contoso – Archiv Köln 漢\n/);
    expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption');
    for (const wanted of [
      /Basic Constraints: critical\s+CA:FALSE/,
      /Key Usage: critical\s+Digital Signature\n/,
      /Extended Key Usage: \s+TLS Web Client Authentication\n/,
    ])
      expect(text).toMatch(wanted);
    const published = openssl(['req', '-in', path, '-noout', '-pubkey']);
    expect(createPublicKey(published).equals(createPublicKey(privateKey))).toBe(true);
  });

  it('is not when a byte of it was changed: the validate validates', async () => {
    const { privateKey } = await ours();
    const [head = '', ...rest] = (await createRequest('Contoso', privateKey)).split('\n');
    const body = Buffer.from(rest.slice(0, -2).join(''), 'base64');
    body[body.indexOf('Contoso')] = 0x44;
    const path = scratchFile(
      'x.csr',
      `${head}\n${body.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE REQUEST-----\n`,
    );
    expect(() => openssl(['req', '-in', path, '-verify', '-noout'])).toThrow(/verif/i);
  });

  it('has a name of at most 64 characters', async () => {
    const { privateKey } = await ours();
    const path = scratchFile('x.csr', await createRequest('🔑'.repeat(70), privateKey));
    expect(openssl(['req', '-in', path, '-noout', '-subject', '-nameopt', 'utf8,-esc_msb'])).toMatch(/CN ?= ?(🔑){64}\n$/u);
  });
});
