import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { caseDay } from '../../unit/certificates/cases.ts';
import { bags, pfxOfBags } from '../../unit/certificates/der-writer.ts';
import { shapesOf } from '../../unit/certificates/odd-certificates.ts';
import { connectArgs, workplace } from './command-line.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: caseDay }));
afterAll(() => void vi.useRealTimers());

const place = workplace();
const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex').toUpperCase();
const file = (name: string, contents: string | Uint8Array) => {
  const path = join(place().folder, name);
  writeFileSync(path, contents);
  return path;
};

/** A credential whose key is elsewhere still. */
async function tracked(data: string): Promise<void> {
  const ids = ['--tenant', '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa', '--client-id', '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f'];
  await place().cli(data, 'track', '--name', 'Contoso', ...ids);
}

/** What is in the list afterwards, by the bytes that go out again. */
async function expectHeld(data: string, der: Uint8Array): Promise<void> {
  const out = join(place().folder, `${data}-out.cer`);
  expect(await place().cli(data, 'export', 'Contoso', '--format', 'cer', '--out', out, '--force', '--thumbprint', sha1(der))).toMatchObject(
    { code: 0 },
  );
  expect(readFileSync(out).equals(der)).toBe(true);
}

it('the answer of an authority to a request of ours is taken in every shape', async () => {
  await place().cli('signed', ...connectArgs('Contoso'));
  const own = join(place().folder, 'own.cer');
  await place().cli('signed', 'export', 'Contoso', '--format', 'cer', '--out', own);
  for (const { name, der, bytes } of shapesOf(new X509Certificate(readFileSync(own)).publicKey)) {
    const imported = await place().json('signed', 'import', 'Contoso', '--certificate', file('answer.cer', bytes));
    expect(imported, name).toMatchObject({
      code: 0,
      document: { credential: { custody: 'keyring', certificate: { thumbprint: sha1(der) } } },
    });
    await expectHeld('signed', der);
  }
});

describe('certificate and key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const keys = [
    ['PKCS#8', privateKey.export({ format: 'pem', type: 'pkcs8' }), null],
    ['PKCS#1', privateKey.export({ format: 'pem', type: 'pkcs1' }), null],
    ['encrypted PKCS#8', privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' }), 'secret'],
    ['encrypted PKCS#1', privateKey.export({ format: 'pem', type: 'pkcs1', cipher: 'aes-128-cbc', passphrase: 'secret' }), 'secret'],
    ['DER', pkcs8, null],
  ] as const;

  it('in two files are taken with the key in every form and the certificate in every shape', async () => {
    await tracked('pem');
    const passwordFile = file('pem-password', 'secret\n');
    for (const [index, { name, der, bytes }] of shapesOf(publicKey).entries()) {
      const [kind, key, password] = keys[index % keys.length] ?? keys[0];
      const files = ['--pem', file('server.pem', bytes), '--key', file('server.key', key)];
      const secret = password === null ? [] : ['--password-file', passwordFile];
      const imported = await place().json('pem', 'import', 'Contoso', ...files, ...secret);
      expect(imported, `${name}, ${kind}`).toMatchObject({ code: 0, document: { credential: { certificate: { thumbprint: sha1(der) } } } });
      await expectHeld('pem', der);
    }
  });

  it('in a PFX are taken with bytes behind it, as text, and with the certificate in every encoding', async () => {
    await tracked('pfx');
    const password = file('pfx-password', 'Abc12345\n');
    const written = [
      (pfx: Buffer) => pfx,
      (pfx: Buffer) => Buffer.concat([pfx, Buffer.alloc(16)]),
      (pfx: Buffer) => Buffer.concat([pfx, Buffer.from('\r\n')]),
      (pfx: Buffer) => Buffer.from(pfx.toString('base64')),
      (pfx: Buffer) => Buffer.from(pfx.toString('base64').replaceAll(/.{76}/g, '$&\r\n')),
      (pfx: Buffer) => Buffer.from(`\uFEFF${pfx.toString('base64')}`, 'utf16le'),
    ];
    for (const [index, { name, der }] of shapesOf(publicKey).entries()) {
      const pfx = pfxOfBags([[bags.key(pkcs8)], [bags.certificate(der)]], 'Abc12345');
      const path = file('server.pfx', written[index % written.length]?.(pfx) ?? pfx);
      const imported = await place().json('pfx', 'import', 'Contoso', '--pfx', path, '--password-file', password);
      expect(imported, name).toMatchObject({ code: 0, document: { credential: { certificate: { thumbprint: sha1(der) } } } });
      await expectHeld('pfx', der);
    }
  });
});
