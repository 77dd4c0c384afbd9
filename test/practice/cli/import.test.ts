import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRequest } from '../../../main/certificates/index.ts';
import { authority } from '../../unit/certificates/authority.ts';
import { requireProgram } from '../../system.ts';
import { openssl, opensslCertificate, ours, scratchFile } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

beforeEach(() => requireProgram('openssl'));

const place = workplace();
const keysOf = (clientId: string) =>
  (
    place()
      .applications()
      .find(({ appId }) => appId === clientId)?.keyCredentials ?? []
  ).map(({ customKeyIdentifier }) => customKeyIdentifier);
const credentialOf = (document: Record<string, unknown>) =>
  document['credential'] as { name: string; clientId: string; custody: string; state: string; certificate: { thumbprint: string } };

/** A token was issued for the key, and Microsoft has exactly this certificate. */
const proven = {
  ok: true,
  checks: expect.arrayContaining(
    ['token-graph', 'token-exchange', 'key-credential'].map((check) => expect.objectContaining({ check, result: 'passed' })),
  ),
};

/** A key of ours with the certificate that the authority signed for it, as a PFX with its chain. */
async function signedPfx() {
  const ca = authority();
  const { privateKey } = await ours();
  const at = (name: string) => join(ca.folder, name);
  writeFileSync(at('our.key'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
  writeFileSync(at('chain.pem'), readFileSync(ca.intermediate, 'utf8') + readFileSync(ca.root, 'utf8'));
  const pem = ca.sign(await createRequest('Contoso', privateKey));
  openssl([
    'pkcs12',
    '-export',
    '-in',
    pem,
    '-inkey',
    at('our.key'),
    '-certfile',
    at('chain.pem'),
    '-out',
    at('signed.pfx'),
    '-passout',
    'pass:secret',
  ]);
  return { pfx: at('signed.pfx'), thumbprint: new X509Certificate(readFileSync(pem)).fingerprint.replaceAll(':', '') };
}

/** Certificate and key of another maker, as a PFX; and its password in a file. */
function foreignPfx(options: readonly string[] = ['-newkey', 'rsa:2048', '-days', '200']) {
  const { pem, key, folder } = opensslCertificate(options);
  const pfx = join(folder, 'made elsewhere.pfx');
  openssl(['pkcs12', '-export', '-in', pem, '-inkey', key, '-out', pfx, '-passout', 'pass:secret']);
  return {
    pfx,
    thumbprint: new X509Certificate(readFileSync(pem)).fingerprint.replaceAll(':', ''),
    password: scratchFile('password.txt', 'secret\n'),
  };
}

describe('a certificate that an authority signs', () => {
  it('goes out as a request and comes back with its chain, is published beside the old one and proven', async () => {
    const connected = credentialOf((await place().json('signed', ...connectArgs('Contoso'))).document);
    const ca = authority();
    const csr = join(place().folder, 'contoso.csr');
    expect(await place().cli('signed', 'export', 'Contoso', '--format', 'csr', '--out', csr)).toMatchObject({
      code: 0,
      stdout: `Request written to ${csr}. When it is signed: import "Contoso" --certificate FILE\n`,
    });
    const leaf = ca.sign(readFileSync(csr, 'utf8'));
    const answer = scratchFile('answer.pem', [leaf, ca.intermediate, ca.root].map((path) => readFileSync(path, 'utf8')).join(''));
    const before = keysOf(connected.clientId);
    const imported = await place().json('signed', 'import', 'Contoso', '--certificate', answer);
    expect(imported).toMatchObject({
      code: 0,
      stderr: '',
      document: { chain: 2, credential: { custody: 'keyring', state: 'never-checked' } },
    });
    const { thumbprint } = credentialOf(imported.document).certificate;
    expect(thumbprint).toBe(new X509Certificate(readFileSync(leaf)).fingerprint.replaceAll(':', ''));
    expect(keysOf(connected.clientId)).toEqual(before);
    expect(await place().json('signed', 'repair', 'Contoso', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { state: 'set-up', certificate: { thumbprint } }, proof: proven },
    });
    expect(keysOf(connected.clientId)).toHaveLength(before.length + 1);
    expect(keysOf(connected.clientId)).toEqual(expect.arrayContaining(before));
    const pem = join(place().folder, 'contoso.pem');
    await place().cli('signed', 'export', 'Contoso', '--format', 'pem', '--out', pem);
    expect(readFileSync(pem, 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect(openssl(['verify', '-CAfile', ca.root, '-untrusted', pem, pem])).toContain('OK');
    const [pfx, password] = [join(place().folder, 'contoso.pfx'), scratchFile('password.txt', 'secret\n')];
    await place().cli('signed', 'export', 'Contoso', '--format', 'pfx', '--out', pfx, '--password-file', password);
    expect(openssl(['pkcs12', '-in', pfx, '-passin', 'pass:secret', '-nokeys']).match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect((await place().json('signed', 'import', 'Contoso', '--certificate', answer)).document).toMatchObject({
      fault: { code: 'import.already-there' },
    });
  });

  it('is not taken for a key of another credential, nor where the key is not ours', async () => {
    await place().cli('other', ...connectArgs('One'));
    await place().cli('other', ...connectArgs('Two', '--client-id', place().applications().at(-1)?.appId ?? ''));
    const csr = join(place().folder, 'one.csr');
    await place().cli('other', 'export', 'One', '--format', 'csr', '--out', csr);
    const leaf = authority().sign(readFileSync(csr, 'utf8'));
    expect(await place().json('other', 'import', 'Two', '--certificate', leaf)).toMatchObject({
      code: 2,
      document: { fault: { code: 'import.key-mismatch' } },
    });
    await place().cli(
      'other',
      'track',
      '--name',
      'Server',
      '--tenant',
      '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa',
      '--client-id',
      '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f',
    );
    expect(await place().json('other', 'import', 'Server', '--certificate', leaf)).toMatchObject({
      code: 2,
      document: { fault: { code: 'import.key-elsewhere' } },
    });
    expect(await place().json('other', 'export', 'Server', '--format', 'csr', '--out', `${csr}2`)).toMatchObject({
      code: 2,
      document: { fault: { code: 'export.no-certificate' } },
    });
  });
});

describe('a PFX made elsewhere', () => {
  it('becomes the credential’s, with the key in our custody, and is proven', async () => {
    const connected = credentialOf((await place().json('pfx', ...connectArgs('Contoso'))).document);
    const { pfx, thumbprint, password } = foreignPfx();
    const imported = await place().json('pfx', 'import', 'Contoso', '--pfx', pfx, '--password-file', password);
    expect(imported).toMatchObject({
      code: 0,
      stderr: '',
      document: { chain: 0, credential: { custody: 'keyring', certificate: { thumbprint } } },
    });
    expect(await place().json('pfx', 'repair', 'Contoso', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { state: 'set-up', certificate: { thumbprint } }, proof: proven },
    });
    expect(keysOf(connected.clientId)).toHaveLength(2);
  });

  it('belongs to one credential only', async () => {
    const { pfx, thumbprint, password } = foreignPfx();
    const args = (name: string) => ['import', name, '--pfx', pfx, '--password-file', password];
    for (const [name, client] of [
      ['One', '2f'],
      ['Two', '30'],
    ])
      await place().cli(
        'twice',
        'track',
        '--name',
        String(name),
        '--tenant',
        '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa',
        '--client-id',
        `5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc0${client}`,
      );
    expect(await place().json('twice', ...args('One'))).toMatchObject({
      code: 0,
      document: { credential: { custody: 'keyring', certificate: { thumbprint } } },
    });
    expect(await place().json('twice', ...args('Two'))).toMatchObject({
      code: 2,
      document: { fault: { code: 'import.of-other-credential' } },
    });
    expect(await place().json('twice', ...args('One'))).toMatchObject({ code: 2, document: { fault: { code: 'import.already-there' } } });
  });

  it('asks for its password where somebody is there, and shows nothing of it', async () => {
    await place().cli('asked', ...connectArgs('Contoso'));
    const { pfx, thumbprint } = foreignPfx();
    const args = ['import', 'Contoso', '--pfx', pfx, ...place().at('asked')];
    const wrong = await inside(args, { answers: ['no'] });
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('The password does not open') });
    const right = await inside(args, { answers: ['secret'] });
    expect(right).toMatchObject({ code: 0, stderr: 'Password of the PFX (it is not shown): ' });
    expect(right.stdout).toContain(thumbprint);
  });

  it.each([
    ['a weak key', ['-newkey', 'rsa:1024'], 'certificate.key-too-small'],
    ['a key that is not RSA', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], 'certificate.not-rsa'],
  ])('%s is refused and changes nothing', async (_name, options, code) => {
    await place().cli(code, ...connectArgs('Contoso'));
    const before = (await place().cli(code, 'list', '--json')).stdout;
    const { pfx, password } = foreignPfx(options);
    expect(await place().json(code, 'import', 'Contoso', '--pfx', pfx, '--password-file', password)).toMatchObject({
      code: 2,
      document: { fault: { code } },
    });
    expect((await place().cli(code, 'list', '--json')).stdout).toBe(before);
  });
});

describe('a tenant that demands certificates of a trusted authority', () => {
  it('refuses a certificate of ours before anything is written, and takes one that comes as a PFX', async () => {
    const { tenants } = place().server.world.state;
    const [tenant] = tenants;
    if (tenant === undefined) throw new Error('no tenant');
    const before = tenant.defaultAppManagementPolicy;
    tenant.defaultAppManagementPolicy = {
      id: before.id,
      isEnabled: true,
      applicationRestrictions: {
        keyCredentials: [{ restrictionType: 'trustedCertificateAuthority', state: 'enabled', maxLifetime: null }],
      },
    };
    try {
      const count = place().applications().length;
      expect(await place().json('demanding', ...connectArgs('Contoso'))).toMatchObject({
        code: 4,
        document: { fault: { code: 'registration.policy-authority', fix: expect.stringContaining('--pfx') } },
      });
      expect(place().applications()).toHaveLength(count);
      const { pfx, thumbprint } = await signedPfx();
      const args = [
        'connect',
        '--name',
        'Contoso',
        '--fqdn',
        'mailstore.example.com',
        '--yes',
        '--pfx',
        pfx,
        '--password-stdin',
        '--json',
        ...place().at('demanding'),
      ];
      const connected = await inside(args, { input: 'secret\n' });
      expect(JSON.parse(connected.stdout)).toMatchObject({
        credential: { custody: 'keyring', state: 'set-up', certificate: { thumbprint } },
        proof: proven,
      });
      const again = await inside(args, { input: 'secret\n' });
      expect(JSON.parse(again.stdout)).toMatchObject({ plan: [], credential: { certificate: { thumbprint } }, proof: proven });
      expect(place().applications()).toHaveLength(count + 1);
    } finally {
      tenant.defaultAppManagementPolicy = before;
    }
  });

  it.each([
    [['--pfx', 'x.pfx', '--certificate', 'x.cer'], 'input.option.conflict'],
    [['--pfx', 'x.pfx', '--key-size', '4096'], 'input.option.conflict'],
    [['--pfx', 'x.pfx', '--until', '2099-12-31'], 'input.option.conflict'],
    [['--pfx', 'x.pfx', '--custody', 'external'], 'input.option.conflict'],
    [['--pfx', 'x.pfx'], 'input.option.missing'],
    [['--password-stdin'], 'input.option.missing'],
    [['--pfx', '/nowhere.pfx', '--password-stdin'], 'certificate.file-missing'],
  ])('connect with %j is refused: %s', async (args, code) => {
    expect(await place().json('stray', 'connect', '--name', 'Contoso', '--fqdn', 'mailstore.example.com', '--yes', ...args)).toMatchObject({
      code: 2,
      document: { fault: { code } },
    });
  });
});

it.each([
  [[], 'input.option.missing'],
  [['--pfx', 'x.pfx'], 'input.option.missing'],
  [['--pfx', 'x.pfx', '--certificate', 'x.cer'], 'input.option.conflict'],
  [['--certificate', 'x.cer', '--password-stdin'], 'input.option.conflict'],
  [['--pfx', 'x.pfx', '--password-stdin', '--password-file', 'x'], 'input.option.conflict'],
  [['--pfx', '/nowhere.pfx', '--password-stdin'], 'input.credential.unknown'],
])('import with %j is refused in one sentence: %s', async (args, code) => {
  const ended = await place().json('refused', 'import', 'Contoso', ...args);
  expect({ code: ended.code, lines: ended.stderr.split('\n').length }).toEqual({ code: 2, lines: 2 });
  expect(ended.document).toMatchObject({ fault: { code } });
});
