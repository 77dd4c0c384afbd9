import { describe, expect, it } from 'vitest';
import { listText, refusedText } from '../../../main/credential/track/index.ts';
import { profileById, profileReference } from '../../../main/servers/index.ts';
import { ours } from '../certificates/samples.ts';
import { sampleRecord } from '../vault/records.ts';
import { app, codes, desk, faultOf, tenant, texts } from './track-desk.ts';

describe('the list as a file', () => {
  it('carries everything but keys, proofs and handovers to another list, and says what is there already', async () => {
    const here = desk();
    const { certificate } = await ours('MailStore Server', 2048, here.clock.now());
    await here.add(`name;tenant id;client id\nContoso;${tenant};${app(1)}\n`);
    const stored = {
      thumbprint: certificate.thumbprint,
      thumbprintSha256: certificate.thumbprintSha256,
      subject: certificate.subject,
      keySize: 2048,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      der: Buffer.from(certificate.der).toString('base64'),
      keyId: null,
      inTenant: null,
      holder: 'keyring' as const,
      otherHolders: 'none' as const,
      usedHereOnly: false,
      handover: { confirmedAt: '2026-11-24T10:30:00Z', by: 'admin', profile: { id: 'mailstore-graph', version: 1 } },
    };
    const proven = sampleRecord({
      name: 'Fabrikam',
      tenantName: 'Fabrikam',
      clientId: app(2),
      certificate: stored,
      custody: 'keyring',
      profile: profileById('mailstore-graph'),
      state: 'proven',
    });
    here.store.insert({ ...proven, profile: profileReference(proven.profile) });
    const text = listText(here.store.list(), false);
    expect(text).not.toMatch(/keyring"|admin|proven/);
    const there = desk();
    expect(codes(await there.add(text, 'list.json'))).toEqual([
      [1, 'added'],
      [2, 'added'],
    ]);
    expect(there.store.list()).toMatchObject([
      { name: 'Contoso', clientId: app(1), certificate: null },
      {
        name: 'Fabrikam',
        tenantName: 'Fabrikam',
        clientId: app(2),
        certificate: { thumbprint: certificate.thumbprint },
        profile: { id: 'mailstore-graph' },
        redirectUri: 'https://mail.contoso.com:8462/oidc/signin',
        custody: 'external',
        state: 'never-checked',
      },
    ]);
    expect(codes(await there.add(text, 'list.json'))).toEqual([
      [1, 'input.name.taken'],
      [2, 'input.name.taken'],
    ]);
  });

  const list = (changes: object = {}) =>
    JSON.stringify({ format: 'tenant-keyring-list', version: 1, practice: false, credentials: [{}], ...changes });

  it.each([
    [list({ version: 4 }), 'track.list-newer'],
    [list({ version: 0 }), 'track.list-invalid'],
    [list({ format: 'x' }), 'track.list-invalid'],
    [list({ credentials: {} }), 'track.list-invalid'],
    [list({ credentials: [] }), 'track.nothing-inside'],
    [list({ practice: true }), 'track.list-of-other-world'],
  ])('%s is refused: %s', async (text, code) => {
    expect(await faultOf(desk().read(text, 'list.json'))).toBe(code);
  });

  it('with a damaged entry loses only that one, and gives it back', async () => {
    const { add, read, store } = desk();
    await add(`name;tenant id;client id\nContoso;${tenant};${app(1)}\n`);
    const [entry] = (JSON.parse(listText(store.list(), false)) as { credentials: object[] }).credentials;
    const text = list({
      credentials: [
        { ...entry, name: 'Good', clientId: app(2) },
        { ...entry, name: 'Bad', certificate: 'AAAA' },
        { name: 7 },
        { ...entry, name: 'Uri', clientId: app(3), redirectUri: 'http://x' },
      ],
    });
    const validated = await add(text, 'list.json');
    expect(codes(validated)).toEqual([
      [1, 'added'],
      [2, 'certificate.not-a-certificate'],
      [3, 'track.entry-invalid'],
      [4, 'input.redirect-uri.not-https'],
    ]);
    expect(JSON.parse(refusedText(await read(text, 'list.json'), validated, texts))).toMatchObject({
      version: 3,
      practice: false,
      credentials: [{ name: 'Bad' }, { name: 7 }, { name: 'Uri' }],
    });
  });
});
