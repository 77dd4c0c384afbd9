import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPfx, createRequest, readSignedCertificate } from '../../../main/certificates/index.ts';
import { authority } from './authority.ts';
import { requireProgram } from '../../system.ts';
import { once, openssl, opensslCertificate, ours, scratchFile, scratchFolder, sharedFolder } from './samples.ts';

beforeEach(() => requireProgram('openssl'));

const now = new Date();
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });
const subjects = (chain: readonly Uint8Array[]) => chain.map((der) => new X509Certificate(der).subject);

const shared = sharedFolder();
const signedOne = once(async () => {
  const ca = authority(shared);
  const { privateKey } = await ours();
  const leaf = ca.sign(await createRequest('Contoso archive', privateKey));
  return { ca, privateKey, leaf };
});

describe('what a certification authority answers', () => {
  it('is a certificate with what we asked for, which openssl trusts', async () => {
    const { ca, privateKey, leaf } = await signedOne();
    expect(openssl(['verify', '-purpose', 'sslclient', '-CAfile', ca.root, '-untrusted', ca.intermediate, leaf])).toContain('OK');
    const read = await readSignedCertificate(leaf, [privateKey], now);
    expect(read).toMatchObject({
      certificate: { subject: 'CN=Contoso archive', issuer: 'CN=Intermediate', selfSigned: false, keySize: 2048 },
      chain: [],
    });
    expect(Buffer.from(read.certificate.der)).toEqual(new X509Certificate(readFileSync(leaf)).raw);
  });

  it('brings its chain in every form, whatever order and whatever else is in it', async () => {
    const { ca, privateKey, leaf } = await signedOne();
    const [leafPem, mid, root] = [leaf, ca.intermediate, ca.root].map((path) => readFileSync(path, 'utf8'));
    const stranger = readFileSync(opensslCertificate(['-newkey', 'rsa:2048']).pem, 'utf8');
    const der = (pem: string | undefined) => new X509Certificate(pem ?? '').raw;
    const p7 = ['der', 'pem'].map((form) => {
      const path = join(ca.folder, `chain-${form}.p7b`);
      openssl([
        'crl2pkcs7',
        '-nocrl',
        '-certfile',
        ca.root,
        '-certfile',
        leaf,
        '-certfile',
        ca.intermediate,
        '-outform',
        form,
        '-out',
        path,
      ]);
      return readFileSync(path);
    });
    const forms = [
      `${root}${stranger}${mid}Subject: CN=x\r\n${leafPem}`,
      Buffer.concat([der(leafPem), der(mid), der(root)]),
      ...p7,
      p7[0]?.toString('base64') ?? '',
      Buffer.from(`\uFEFF${leafPem}${mid}${root}`, 'utf16le'),
    ];
    for (const form of forms) {
      const read = await readSignedCertificate(scratchFile('answer', form), [privateKey], now);
      expect(read.certificate.subject).toBe('CN=Contoso archive');
      expect(subjects(read.chain)).toEqual(['CN=Intermediate', 'CN=Root']);
    }
  });

  it('belongs to the key it was made for, also when that is not the latest', async () => {
    const { privateKey, leaf } = await signedOne();
    const { privateKey: later } = await ours();
    expect((await readSignedCertificate(leaf, [later, privateKey], now)).privateKey).toBe(privateKey);
    await expect(readSignedCertificate(leaf, [later], now)).rejects.toEqual(fault('import.key-mismatch'));
  });

  // Without an identifier of its key nothing but the signature tells that it is somebody else's.
  it.each([[[]], [['-addext', 'subjectKeyIdentifier=none']]])(
    'leaves out who bears the issuer’s name without having signed %j',
    async (more) => {
      const { privateKey, leaf } = await signedOne();
      const folder = scratchFolder();
      openssl([
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        join(folder, 'k'),
        '-subj',
        '/CN=Intermediate',
        '-out',
        join(folder, 'c'),
        ...more,
      ]);
      const both = scratchFile('both.pem', readFileSync(leaf, 'utf8') + readFileSync(join(folder, 'c'), 'utf8'));
      expect((await readSignedCertificate(both, [privateKey], now)).chain).toEqual([]);
    },
  );

  it('is refused in words where it cannot be used', async () => {
    const { ca, privateKey, leaf } = await signedOne();
    const made = await ours();
    const pfx = await createPfx({ ...made, password: 'secret', encryption: 'modern', friendlyName: 'x' });
    const text = readFileSync(leaf, 'utf8');
    const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const cases: readonly (readonly [string, string | Uint8Array])[] = [
      ['certificate.file-empty', ''],
      ['certificate.not-a-certificate', 'Hello, world!'],
      ['certificate.other-kind', await createRequest('x', privateKey)],
      ['certificate.cut-off', text.slice(0, 400)],
      ['certificate.cut-off', new X509Certificate(text).raw.subarray(0, 300)],
      ['certificate.private-key-inside', text + key],
      ['certificate.pfx', pfx],
      ['import.key-mismatch', readFileSync(ca.root)],
    ];
    for (const [code, bytes] of cases)
      await expect(readSignedCertificate(scratchFile('answer', bytes), [privateKey], now)).rejects.toEqual(fault(code));
    await expect(readSignedCertificate(join(ca.folder, 'none'), [privateKey], now)).rejects.toEqual(fault('certificate.file-missing'));
    await expect(readSignedCertificate(leaf, [privateKey], new Date(now.getTime() + 400 * 86_400_000))).rejects.toEqual(
      fault('certificate.expired'),
    );
    await expect(readSignedCertificate(leaf, [privateKey], new Date(now.getTime() - 3_600_000))).rejects.toEqual(
      fault('certificate.not-yet-valid'),
    );
  });
});
