import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer } from '../../../main/certificates/index.ts';
import {
  listText,
  readCandidates,
  refusedText,
  track,
  type FileOptions,
  type TenantOf,
  type Validated,
} from '../../../main/credential/track/index.ts';
import { Fault } from '../../../main/faults.ts';
import type { Log } from '../../../main/log/index.ts';
import { profileById, profileReference } from '../../../main/servers/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { ours } from '../certificates/samples.ts';
import { sampleRecord } from '../vault/records.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';

const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const app = (last: number) => `5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f${String(last).padStart(4, '0')}`;
const options: FileOptions = {
  cloud: 'global',
  profile: profileById('mailstore-guide'),
  server: { id: 'mailstore-server', instance: null },
  practice: false,
};
const texts = createTexts('en');
/** Microsoft Entra ID, with no tenant in it. */
const nobody: TenantOf = (domain) =>
  Promise.resolve({ ok: false, fault: new Fault('track.tenant-unknown', { params: { value: domain } }) });

function desk() {
  const clock = testClock();
  const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log };
  const store = createCredentialStore(testDatabase(), clock);
  const folder = scratch();
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = (content: string | Uint8Array, name = 'tenants.csv') => readCandidates(file(name, content), 'auto', options);
  const add = async (content: string | Uint8Array, name?: string) =>
    track({ store, clock, log }, (await read(content, name)).candidates, nobody);
  return { clock, store, folder, file, read, add };
}

const codes = (validated: readonly Validated[]) => validated.map(({ place, objections: [first] }) => [place, first?.fault.code ?? 'added']);
const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

describe('a CSV file of existing credentials', () => {
  it.each([
    ['semicolons', `name;tenant id;client id\nContoso;${tenant};${app(1)}\n`],
    ['commas and quotation marks', `"Name","Tenant ID","Client ID"\r\n"Contoso","${tenant}","${app(1)}"\r\n`],
    ['tabs, other columns and another order', `Client ID\tNotes\tTenant ID\tName\n${app(1)}\tours\t{${tenant.toUpperCase()}}\tContoso\n`],
    [
      'a byte order mark and the portal’s heads',
      `\uFEFFName;Application (client) ID;Directory (tenant) ID\n\n Contoso ;${app(1)};${tenant};;\n`,
    ],
    ['French heads', `Nom;ID de l’annuaire (locataire);ID d’application (client)\nContoso;${tenant};${app(1)}\n`],
    ['German heads', `Bezeichnung;Mandanten-ID;Anwendungs-ID (Client)\nContoso;${tenant};${app(1)}\n`],
    ['Excel’s own first line', `sep=,\nname,tenant,client id\nContoso,${tenant},${app(1)}\n`],
    ['old line ends', `name;tenant id;client id\rContoso;${tenant};${app(1)}\r`],
  ])('is read with %s', async (_, content) => {
    const { add, store } = desk();
    expect(codes(await add(content)).map(([, code]) => code)).toEqual(['added']);
    expect(store.list()).toMatchObject([
      {
        name: 'Contoso',
        tenantId: tenant,
        clientId: app(1),
        custody: 'external',
        adopted: true,
        uniqueName: null,
        state: 'waiting-certificate',
        certificate: null,
      },
    ]);
  });

  it.each([
    ['UTF-16, as Windows PowerShell writes it', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['Windows-1252, as Excel writes it', (text: string) => Buffer.from(text, 'latin1')],
  ])('is read in %s', async (_, encode) => {
    const { add, store } = desk();
    await add(encode(`Name;Tenant;Client ID\nMüller & Söhne;${tenant};${app(1)}\n`));
    expect(store.list().map(({ name }) => name)).toEqual(['Müller & Söhne']);
  });

  it('takes the certificate from beside it, whose expiry is known at once', async () => {
    const { add, store, file, clock } = desk();
    const { certificate } = await ours('MailStore Server', 2048, clock.now());
    file('contoso.cer', toCer(certificate));
    expect(codes(await add(`name;tenant id;cer\nContoso;${tenant};contoso.cer\n`))).toEqual([[2, 'added']]);
    expect(store.list()).toMatchObject([
      { clientId: null, state: 'never-checked', certificate: { thumbprint: certificate.thumbprint, notAfter: certificate.notAfter } },
    ]);
  });

  it('has its good lines stored in one go, and each bad one said with its number', async () => {
    const { add, store, file } = desk();
    file('no.cer', 'this is no certificate');
    store.insert(sampleRecord({ name: 'Fabrikam', tenantId: tenant, clientId: app(70), certificate: null }));
    const validated = await add(
      [
        'name;tenant id;client id;cer',
        `Contoso;${tenant};${app(1)};`,
        `;${tenant};${app(2)};`,
        `Domain;contoso.com;${app(3)};`,
        `Nothing;${tenant};;`,
        `Guid;${tenant};x;`,
        `Missing;${tenant};;missing.cer`,
        `No certificate;${tenant};;no.cer`,
        `FABRIKAM;${tenant};${app(4)};`,
        `contoso;${tenant};${app(5)};`,
        `Contoso again;${tenant};${app(1)};`,
        `Fabrikam again;${tenant};${app(70)};`,
        `No tenant;;${app(6)};`,
        `A;B;${tenant};${app(7)};x`,
        `"Open;${tenant};${app(8)};`,
        `"Closed" early;${tenant};${app(9)};`,
        `Last;${tenant};${app(10)};`,
      ].join('\n'),
    );
    expect(codes(validated)).toEqual([
      [2, 'added'],
      [3, 'input.name.empty'],
      [4, 'track.tenant-unknown'],
      [5, 'track.id-or-certificate-needed'],
      [6, 'input.client-id.not-a-guid'],
      [7, 'certificate.file-missing'],
      [8, 'certificate.not-a-certificate'],
      [9, 'input.name.taken'],
      [10, 'track.name-twice'],
      [11, 'track.application-twice'],
      [12, 'track.known'],
      [13, 'track.tenant-id-missing'],
      [14, 'track.too-many-fields'],
      [15, 'track.quote-open'],
      [16, 'track.quote-open'],
      [17, 'added'],
    ]);
    expect(store.list().map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam', 'Last']);
  });

  it('gives its refused lines back whole, to be mended and read again', async () => {
    const { add, read, store } = desk();
    const content = `Note;Name;Tenant;Client ID\nkeep;Contoso;${tenant};${app(1)}\n"a ""note""; kept";Bad;contoso.com;${app(2)}\n"open;Broken;${tenant};${app(3)}\n`;
    const file = await read(content);
    const refused = refusedText(file, await add(content), texts);
    expect(refused.replace(/^\uFEFF/, '').split('\r\n')).toEqual([
      'Problem;Note;Name;Tenant;Client ID',
      expect.stringMatching(/^"?No tenant of this cloud has the domain “contoso\.com”[^;]*;?.*"a ""note""; kept";Bad;contoso\.com;/),
      expect.stringMatching(new RegExp(`"open;Broken;${tenant};${app(3)}$`)),
      '',
    ]);
    const mended = refused.replace('contoso.com;5', `${tenant};5`).replace('"open', 'open');
    expect(codes(await add(mended))).toEqual([
      [2, 'added'],
      [3, 'added'],
    ]);
    expect(store.list().map(({ name }) => name)).toEqual(['Bad', 'Broken', 'Contoso']);
    const again = await read(mended);
    expect(refusedText(again, await add(mended), texts)).toMatch(/^\uFEFFProblem;Note;Name;Tenant;Client ID\r\n/);
  });

  it('takes one application twice only for two certificates', async () => {
    const { add, file, clock } = desk();
    for (const name of ['one', 'two']) file(`${name}.cer`, toCer((await ours(name, 2048, clock.now())).certificate));
    const line = (name: string, cer: string) => `${name};${tenant};${app(1)};${cer}\n`;
    const head = 'name;tenant id;client id;cer\n';
    expect(codes(await add(head + line('A', 'one.cer') + line('B', 'two.cer') + line('C', 'two.cer') + line('D', '')))).toEqual([
      [2, 'added'],
      [3, 'added'],
      [4, 'track.application-twice'],
      [5, 'track.application-twice'],
    ]);
  });

  it.each([
    ['', 'track.nothing-inside'],
    ['name;tenant id;client id\n\n', 'track.nothing-inside'],
    ['Contoso;abc\n', 'track.columns-missing'],
    ['name;client id\nContoso;x\n', 'track.columns-missing'],
    ['{"format":"tenant-keyring-list"', 'track.list-invalid'],
  ])('%j is refused as a whole: %s', async (content, code) => {
    expect(await faultOf(desk().read(content))).toBe(code);
  });

  it('that is not there, a folder, or far too large is refused', async () => {
    const { folder, read } = desk();
    expect(await faultOf(readCandidates(join(folder, 'none.csv'), 'auto', options))).toBe('track.file-unreadable');
    expect(await faultOf(readCandidates(folder, 'auto', options))).toBe('track.file-unreadable');
    expect(await faultOf(read(Buffer.alloc(5 * 1024 * 1024, 'a')))).toBe('track.file-too-large');
  });

  it('of a thousand lines is read in a moment', async () => {
    const { add, store } = desk();
    const lines = Array.from({ length: 1000 }, (_, index) => `Tenant ${index};${tenant};${app(index)}`);
    expect((await add(`name;tenant id;client id\n${lines.join('\n')}\n`)).every(({ record }) => record !== null)).toBe(true);
    expect(store.ids()).toHaveLength(1000);
  });
});

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
      [2, 'track.entry-invalid'],
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
