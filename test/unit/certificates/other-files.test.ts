import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRequest, readCertificateFile, readPemFiles, readPfxFile, readSignedCertificate } from '../../../main/certificates/index.ts';
import { createTexts, languages } from '../../../main/texts/index.ts';
import { asFault } from '../../../main/faults.ts';
import { casePath } from './cases.ts';
import { once, ours, scratchFile } from './samples.ts';

const made = once(() => ours());
const now = new Date();

const lnk = Buffer.concat([Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), Buffer.alloc(100)]);
const word = Buffer.concat([
  Buffer.from('504b030414000600', 'hex'),
  Buffer.alloc(22),
  Buffer.from('[Content_Types].xml'),
  Buffer.alloc(200),
]);
const publicKey = (type: 'spki' | 'pkcs1', format: 'pem' | 'der') => async () => {
  const { createPublicKey } = await import('node:crypto');
  return createPublicKey((await made()).privateKey).export({ type, format } as { type: 'spki'; format: 'pem' });
};

/** A list of revoked certificates, as OpenSSL's own little authority writes it. */
const revocationList = readFileSync(casePath('18-revoked.crl'), 'utf8');
const derOf = (pem: string): Buffer => Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');

describe('a file that is none', () => {
  it.each<readonly [kind: string, contents: () => string | Uint8Array | Promise<string | Uint8Array>]>([
    ['request', async () => createRequest('x', (await made()).privateKey)],
    ['request', async () => derOf(await createRequest('x', (await made()).privateKey))],
    ['crl', () => revocationList],
    ['crl', () => derOf(revocationList)],
    ['publickey', publicKey('spki', 'pem')],
    ['publickey', publicKey('spki', 'der')],
    ['publickey', publicKey('pkcs1', 'der')],
    ['openssh', () => '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n'],
    ['openssh', () => 'ssh-rsa AAAAB3NzaC1yc2E anna@contoso'],
    ['putty', () => 'PuTTY-User-Key-File-3: ssh-rsa\r\nEncryption: none\r\n'],
    ['pgp', () => '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n'],
    ['java', () => Buffer.from('feedfeed0000000200000001', 'hex')],
    ['html', () => '\uFEFF\r\n<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head></html>'],
    ['html', () => '<!-- Copyright (C) Microsoft Corporation. All rights reserved. -->\n<html dir="ltr">'],
    ['html', () => Buffer.from('\uFEFF<html>', 'utf16le')],
    ['shortcut', () => lnk],
    ['shortcut', () => '[InternetShortcut]\r\nURL=https://contoso.example/\r\n'],
    ['office', () => word],
    ['office', () => Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
    ['pdf', () => '%PDF-1.7\n'],
    ['zip', () => Buffer.from('504b030414000000', 'hex')],
  ])('but %s is named, at every door and in every language', async (kind, contents) => {
    const path = scratchFile('server.cer', await contents());
    const { privateKey } = await made();
    const doors = [
      ['certificate.other-kind', 'server', () => readCertificateFile(path, now)],
      ['certificate.other-kind', 'list', () => readCertificateFile(path, now, 'list')],
      ['certificate.other-kind', 'signed', () => readSignedCertificate(path, [privateKey], now)],
      ['import.other-kind', 'pfx', () => readPfxFile(path, 'x', now)],
      [
        kind === 'openssh' || kind === 'putty' ? 'import.key-of-other-kind' : 'certificate.other-kind',
        'pem',
        () => readPemFiles({ path, keyPath: null }, null, now),
      ],
    ] as const;
    for (const [code, door, read] of doors) {
      const fault = asFault(await read().catch((error: unknown) => error));
      expect(fault).toMatchObject({ code, kind: 'input', params: { path, kind, door } });
      const sentences = languages.map((language) => createTexts(language).faultText(fault).message);
      expect(new Set(sentences).size).toBe(languages.length);
      for (const sentence of sentences) expect(sentence).toContain(path);
    }
  });
});

describe('advice', () => {
  it('speaks of the server’s dialog only where a server made the certificate', async () => {
    const texts = createTexts('en');
    const { certificate, privateKey } = await made();
    const later = new Date('2040-01-01');
    const path = scratchFile('c.cer', certificate.der);
    const said = async (read: Promise<unknown>) => texts.faultText(asFault(await read.catch((error: unknown) => error))).fix;
    expect(await said(readCertificateFile(path, later))).toMatch(/Create Certificate in the server/);
    expect(await said(readCertificateFile(path, later, 'list'))).toBe('Choose the certificate that the server uses now.');
    expect(await said(readSignedCertificate(path, [privateKey], later))).toBe('Have the authority sign a new one.');
  });
});
