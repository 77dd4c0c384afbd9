import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificateDates, createCertificate, toPem } from '../../../main/certificates/index.ts';
import { bags, explicit, integer, objectId, pfxOfBags, sequence, setOf, tagged } from '../../unit/certificates/der-writer.ts';
import { once } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const make = (commonName: string) => createCertificate({ commonName, keySize: 2048, ...certificateDates(new Date(), { months: 15 }) });
const one = once(() => make('one'));
const two = once(() => make('two'));

const file = (name: string, content: string | Uint8Array) => {
  const path = join(place().folder, name);
  writeFileSync(path, content);
  return path;
};

describe('import --pfx', () => {
  it('with several keys says which, and takes the one that is named', async () => {
    const [first, second] = await Promise.all([one(), two()]);
    const item = ({ certificate, privateKey }: typeof first, name: string) => [
      bags.key(privateKey.export({ format: 'der', type: 'pkcs8' }), { name }),
      bags.certificate(certificate.der),
    ];
    const pfx = file('two.pfx', pfxOfBags([item(first, 'Archive'), item(second, 'Mail')], null));
    const empty = file('empty', '');
    await place().cli('alias', ...connectArgs('Contoso'));
    const args = ['import', 'Contoso', '--pfx', pfx, '--password-file', empty];
    const asked = await place().json('alias', ...args);
    expect(asked).toMatchObject({ code: 2, document: { fault: { code: 'import.pfx-with-keys' } } });
    expect(asked.stderr).toContain(`Archive (${first.certificate.thumbprint}); Mail (${second.certificate.thumbprint})`);
    expect(await place().json('alias', ...args, '--alias', 'nobody')).toMatchObject({
      code: 2,
      document: { fault: { code: 'import.alias-unknown' } },
    });
    const imported = await place().json('alias', ...args, '--alias', 'mail');
    expect(imported).toMatchObject({
      code: 0,
      document: { credential: { certificate: { thumbprint: second.certificate.thumbprint } } },
    });
  });

  it('ends at once with Ctrl+C, and stores nothing', async () => {
    const { certificate } = await one();
    // As many rounds as are computed at all, with a password that is read in several ways: many seconds of work.
    const pfx = file('slow.pfx', pfxOfBags([[bags.certificate(certificate.der)]], 'x', 10, 5_000_000));
    await place().cli('stop', ...connectArgs('Contoso'));
    const before = (await place().cli('stop', 'list', '--json')).stdout;
    const args = ['import', 'Contoso', '--pfx', pfx, '--password-file', file('accents', 'éü'), '--json', ...place().at('stop')];
    const ended = await inside(args, { stopAfter: 1500 });
    expect({ code: ended.code, document: JSON.parse(ended.stdout) as unknown }).toMatchObject({
      code: 9,
      document: { fault: { code: 'interrupted' } },
    });
    expect((await place().cli('stop', 'list', '--json')).stdout).toBe(before);
  });
});

describe('certificate and key in PEM', () => {
  it('go out encrypted or not, in one file or in two, and come in again', async () => {
    await place().cli('pem', ...connectArgs('Contoso'));
    const at = (name: string) => join(place().folder, name);
    const password = file('pem-password', 'secret\n');
    const listed = (await place().json('pem', 'list')).document as { credentials: { certificate: { thumbprint: string } }[] };
    const thumbprint = listed.credentials[0]?.certificate.thumbprint;
    const ways = [
      { out: at('a.pem'), key: at('a.key'), options: ['--unencrypted'], secret: [] },
      { out: at('b.pem'), key: at('b.key'), options: ['--password-file', password], secret: ['--password-file', password] },
      { out: at('c.pem'), key: at('c.pem'), options: ['--unencrypted'], secret: [] },
    ];
    for (const [index, { out, key, options, secret }] of ways.entries()) {
      const args = ['export', 'Contoso', '--format', 'pem', '--out', out, '--key-out', key, ...options];
      expect(await place().json('pem', ...args)).toMatchObject({ code: 0, document: { file: { path: out, format: 'pem', keyPath: key } } });
      const text = readFileSync(key, 'utf8');
      expect(text.includes('BEGIN ENCRYPTED PRIVATE KEY')).toBe(secret.length > 0);
      const privateKey = createPrivateKey({ key: text, ...(secret.length > 0 ? { passphrase: 'secret' } : {}) });
      expect(new X509Certificate(readFileSync(out)).checkPrivateKey(privateKey)).toBe(true);
      if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
      // Into another list, where nothing of it is known.
      const there = `pem-${index}`;
      const track = [
        '--name',
        'Other',
        '--tenant',
        '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa',
        '--client-id',
        '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f',
      ];
      await place().cli(there, 'track', ...track);
      const source = ['--pem', out, ...(key === out ? [] : ['--key', key]), ...secret];
      expect(await place().json(there, 'import', 'Other', ...source)).toMatchObject({
        code: 0,
        document: { credential: { custody: 'keyring', certificate: { thumbprint } } },
      });
    }
  });

  it.each([
    [['--format', 'pem', '--key-out', 'k'], 'input.option.missing'],
    [['--format', 'pem', '--key-out', 'k', '--unencrypted', '--generate-password'], 'input.option.conflict'],
    [['--format', 'pem', '--unencrypted'], 'input.option.conflict'],
    [['--format', 'pfx', '--key-out', 'k'], 'input.option.conflict'],
    [['--format', 'cer', '--generate-password'], 'input.option.conflict'],
  ])('is not written with %j: %s', async (args, code) => {
    const out = join(place().folder, 'never.pem');
    expect(await place().json('never', 'export', 'Contoso', '--out', out, ...args)).toMatchObject({
      code: 2,
      document: { fault: { code } },
    });
    expect(existsSync(out)).toBe(false);
  });
});

describe('a certificate of the server', () => {
  it('is taken out of a p7b of one, and out of a quoted mail', async () => {
    const { certificate } = await one();
    const p7b = sequence(
      objectId('1.2.840.113549.1.7.2'),
      explicit(0, sequence(integer(1), setOf(), sequence(objectId('1.2.840.113549.1.7.1')), tagged(0xa0, certificate.der), setOf())),
    );
    const path = file('server.p7b', Buffer.concat([p7b, Buffer.alloc(5)]));
    const quoted = file('quoted.cer', toPem(certificate).replaceAll(/^/gm, '> '));
    const connected = await place().json('p7b', ...connectArgs('Contoso', '--certificate', path));
    expect(connected.document).toMatchObject({ credential: { certificate: { thumbprint: certificate.thumbprint } } });
    const published = place()
      .applications()
      .flatMap(({ keyCredentials }) => keyCredentials ?? [])
      .map((key) => Buffer.from(key?.key ?? '', 'base64').toString('base64'));
    expect(published).toContain(Buffer.from(certificate.der).toString('base64'));
    const track = ['--name', 'Quoted', '--tenant', '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa', '--cer', quoted];
    expect(await place().json('quoted', 'track', ...track)).toMatchObject({
      code: 0,
      document: { credential: { certificate: { thumbprint: certificate.thumbprint } } },
    });
  });
});
