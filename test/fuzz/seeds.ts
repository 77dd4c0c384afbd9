import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { certificateDates, certifyKeyPair, createPfx, createRequest, toPem } from '../../main/certificates/index.ts';
import { profileById, profileReference } from '../../main/servers/index.ts';
import { bags, pfxOfBags, sequence, objectId, explicit, integer, setOf, tagged } from '../unit/certificates/der-writer.ts';

const root = `${import.meta.dirname}/../unit`;
const files = (pattern: string): Buffer[] => globSync(`${root}/${pattern}`).map((path) => readFileSync(path));

/** Beginnings for each reader: files as administrators have them, and what we write ourselves. */
export async function createSeeds() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = await certifyKeyPair(
    { commonName: 'Köln, seed', ...certificateDates(new Date(), { months: 15 }) },
    { publicKey, privateKey },
  );
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const encrypted = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
  const keyTexts = [
    privateKey.export({ format: 'pem', type: 'pkcs8' }),
    privateKey.export({ format: 'pem', type: 'pkcs1' }),
    privateKey.export({ format: 'pem', ...encrypted }),
    privateKey.export({ format: 'pem', type: 'pkcs1', cipher: 'aes-128-cbc', passphrase: 'secret' }),
  ].map(String);
  const p7b = sequence(
    objectId('1.2.840.113549.1.7.2'),
    explicit(0, sequence(integer(1), setOf(), sequence(objectId('1.2.840.113549.1.7.1')), tagged(0xa0, certificate.der), setOf())),
  );
  const pem = toPem(certificate);
  const certificates = [
    Buffer.from(certificate.der),
    Buffer.from(pem),
    Buffer.from(pem, 'utf16le'),
    Buffer.from(`\uFEFF${pem}`, 'utf16le'),
    Buffer.from(Buffer.from(certificate.der).toString('base64')),
    p7b,
    Buffer.from(await createRequest('seed', privateKey)),
    ...files('certificates/fixtures/*.{cer,pem}'),
  ];
  const safes = [
    [bags.key(pkcs8, { name: 'seed', localKeyId: Buffer.from([1]) })],
    [bags.nested(bags.certificate(certificate.der, { localKeyId: Buffer.from([1]) })), bags.secret()],
  ];
  const pfx = await createPfx({ certificate, privateKey, password: 'Abc12345', encryption: 'compatible', friendlyName: 'seed' });
  const pfxs = [
    // Without an integrity check what is changed is read on, to the last bag.
    pfxOfBags(safes),
    pfxOfBags(safes),
    pfxOfBags(safes, 'Abc12345'),
    pfxOfBags(safes, null),
    Buffer.from(pfxOfBags(safes).toString('base64')),
    Buffer.from(pfx),
    ...files('certificates/fixtures/*.pfx'),
  ];
  const profile = profileReference(profileById('mailstore-guide'));
  const tenant = '11111111-2222-4333-8444-555555555555';
  const entry = {
    name: 'A',
    cloud: 'global',
    tenantId: tenant,
    tenantName: '',
    tenantDomain: '',
    clientId: tenant,
    redirectUri: 'https://a.example/oidc/signin',
    profile,
    certificate: Buffer.from(certificate.der).toString('base64'),
  };
  const list = JSON.stringify({
    format: 'tenant-keyring-list',
    version: 1,
    practice: false,
    credentials: [entry, { ...entry, certificate: null }],
  });
  const lists = [
    Buffer.from(list),
    ...files('credential/fixtures/*.csv'),
    Buffer.from(`name;tenant id;cer\n"Müller; & ""Söhne""";${tenant};x.cer\n`, 'latin1'),
  ];
  const fields = [
    'mail.contoso.com',
    'köln.example',
    `{${tenant}}`,
    'https://mail.contoso.com:8462/oidc/signin',
    '\u200Bcontoso.com',
    '192.168.1.1',
    'Pässword\r\n',
  ].map((text) => Buffer.from(text));
  return {
    certificates,
    pems: [
      ...keyTexts.map((key) => Buffer.from(pem + key)),
      Buffer.concat([Buffer.from(pem), pkcs8]),
      Buffer.from(certificate.der),
      ...certificates.slice(0, 3),
    ],
    pfxs,
    lists,
    fields,
    privateKey: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
  };
}

export type Seeds = Awaited<ReturnType<typeof createSeeds>>;
