import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { checkClientId, checkFqdn, checkTenant } from '../../../main/credential/fields/index.ts';
import { readCandidates, tenantsOf, track, type FileOptions, type TenantOf } from '../../../main/credential/track/index.ts';
import type { Fetch } from '../../../main/http/index.ts';
import { createIdentity } from '../../../main/identity/index.ts';
import { createRequestCounter } from '../../../main/http/index.ts';
import { silentLog } from '../../../main/log/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';

const options: FileOptions = {
  cloud: 'global',
  profile: profileById('mailstore-guide'),
  server: { id: 'mailstore-server', instance: null },
  practice: false,
};
const tenant = '11111111-2222-4333-8444-555555555555';
const app = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';

/** Microsoft Entra ID as far as lists ask it: the OpenID configuration of one domain. */
async function entra(answer: RequestListener): Promise<Fetch> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return (address, init) => fetch(`http://127.0.0.1:${port}${new URL(address).pathname}`, init);
}

const unplugged: Fetch = () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }) }));

/** A transport that answers nothing, and ends with its signal. */
const fetchUntil = (signal: AbortSignal | null): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));

function desk(fetchLike: Fetch = unplugged, signal?: AbortSignal) {
  const clock = testClock();
  // The certificates beside the lists begin on 29 November 2026, and end in 2028.
  clock.advance(Date.parse('2026-12-01T12:00:00Z') - clock.now().getTime());
  const store = createCredentialStore(testDatabase(), clock);
  const folder = scratch();
  const counter = createRequestCounter();
  const identity = createIdentity({ fetch: fetchLike, clock, counter });
  const tenantOf: TenantOf = tenantsOf(
    {
      connect: () => ({
        identity,
        counts: () => counter.counts(),
        directory: () => {
          throw new Error('no directory is asked');
        },
      }),
    },
    signal,
  );
  const add = async (path: string) =>
    track({ store, clock, log: silentLog }, (await readCandidates(path, 'auto', options)).candidates, tenantOf, signal);
  return {
    store,
    addFixture: (name: string) => {
      copyFileSync(join(import.meta.dirname, 'fixtures', name), join(folder, name));
      return add(join(folder, name));
    },
    add: (content: string | Uint8Array) => {
      writeFileSync(join(folder, 'list.csv'), content);
      return add(join(folder, 'list.csv'));
    },
  };
}

describe('a list as administrators have it', () => {
  it.each(['15-type-line.csv', '15-sep-trailing.csv', '15-utf16-without-mark.csv'])('%s is read', async (name) => {
    const { store, addFixture } = desk();
    expect((await addFixture(name)).map(({ objections }) => objections)).toEqual([[]]);
    expect(store.list()).toMatchObject([{ name: 'Customer A', tenantId: tenant, clientId: app }]);
  });

  it('with a head twice is refused by name', async () => {
    const { store, addFixture } = desk();
    await expect(addFixture('15-duplicate-heads.csv')).rejects.toEqual(
      expect.objectContaining({ code: 'track.columns-twice', params: expect.objectContaining({ columns: 'DisplayName, TenantId' }) }),
    );
    expect(store.list()).toEqual([]);
  });

  it('has ids in every form in which they are copied, also with signs that nobody sees', async () => {
    const { addFixture } = desk();
    const validated = await addFixture('15-invisible-in-guid.csv');
    expect(validated.map(({ name, record, objections: [first] }) => [name, record?.tenantId ?? first?.fault.code])).toEqual([
      ['Braces', tenant],
      ['Upper', tenant],
      ['Spaces', tenant],
      ['ZeroWidth', tenant],
      ['Smart', tenant],
      ['Apos', tenant],
      ['Eq', tenant],
      ['NoHyphen', 'input.tenant.invalid'],
      ['Paren', tenant],
      ['Url', 'input.tenant.invalid'],
      ['Email', 'input.tenant.invalid'],
    ]);
  });

  it.each([
    [
      'Partner Center',
      `Microsoft ID,Company name,Primary domain name,Relationship,App ID\n${tenant},Customer A,a.example,Cloud Reseller,${app}\n`,
    ],
    [
      'Get-MgContract',
      `"Id","ContractType","CustomerId","DefaultDomainName","DisplayName","AppId"\n"x","BreadthPartner","${tenant}","a.example","Customer A","${app}"\n`,
    ],
    ['a relationship of GDAP', `Id,Customer.TenantId,Customer.DisplayName,Status,Client ID\nx,${tenant},Customer A,active,${app}\n`],
    ['the tool for GDAP', `CustomerTenantId,OrganizationDisplayName,ClientId\n${tenant},Customer A,${app}\n`],
    [
      'PowerShell in UTF-16',
      Buffer.from(
        `\uFEFF#TYPE System.Management.Automation.PSCustomObject\r\n"Name","TenantId","AppId"\r\n"Customer A","${tenant}","${app}"\r\n`,
        'utf16le',
      ),
    ],
    ['a spreadsheet that saved it again', `"sep=;",,\nname,tenant id,client id\nCustomer A,${tenant},${app}\n`],
    ['invisible signs in the heads', `\u200Bname;ten\u00ADant\u00A0id;client id\nCustomer A;\u00A0${tenant};${app}\u200E\n`],
  ])('exported by %s is known by its heads', async (_, content) => {
    const { store, add } = desk();
    expect((await add(content)).map(({ objections }) => objections)).toEqual([[]]);
    expect(store.list()).toMatchObject([{ name: 'Customer A', tenantId: tenant, clientId: app }]);
  });
});

describe('a domain in place of a tenant id', () => {
  const line = (name: string, domain: string, last: number) => `${name};${domain};${app.slice(0, -1)}${last}\n`;
  const list = `name;tenant id;client id\n${line('A', 'contoso.example', 1)}${line('B', 'CONTOSO.example', 2)}${line('C', 'nobody.example', 3)}${line('D', tenant, 4)}`;

  it('is looked up at Microsoft Entra ID, each once', async () => {
    const asked: string[] = [];
    const fetchLike = await entra(({ url = '' }, response) => {
      asked.push(url);
      const found = url.includes('contoso.example');
      response.writeHead(found ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ? { issuer: `https://login.microsoftonline.com/${tenant}/v2.0` } : { error: 'invalid_tenant' }));
    });
    const { add, store } = desk(fetchLike);
    expect((await add(list)).map(({ objections: [first] }) => first?.fault.code ?? 'added')).toEqual([
      'added',
      'added',
      'track.tenant-unknown',
      'added',
    ]);
    expect(store.list()).toMatchObject([
      { name: 'A', tenantId: tenant, tenantDomain: 'contoso.example' },
      { name: 'B', tenantId: tenant, tenantDomain: 'contoso.example' },
      { name: 'D', tenantId: tenant, tenantDomain: '' },
    ]);
    expect(asked.toSorted()).toEqual(
      ['contoso.example', 'nobody.example'].map((domain) => `/${domain}/v2.0/.well-known/openid-configuration`),
    );
  });

  it('is asked for once more where one question stayed without an answer: no list waits a thousand times', async () => {
    let asked = 0;
    const { add } = desk(() => {
      asked += 1;
      return unplugged('https://login.microsoftonline.com');
    });
    const lines = Array.from({ length: 500 }, (_, index) => `T${index};t${index}.example;${app}\n`);
    const validated = await add(`name;tenant id;client id\n${lines.join('')}`);
    expect(validated.every(({ objections: [first] }) => first?.fault.code === 'track.tenant-unresolved')).toBe(true);
    expect(asked).toBeLessThanOrEqual(8);
  });

  it.each([
    ['without a network', () => Promise.resolve(unplugged), /ENOTFOUND/],
    ['behind a page of the proxy', () => entra((_, response) => response.end('<html>')), new URL(clouds.global.authority).host],
    ['while the service fails', () => entra((_, response) => response.writeHead(503).end()), new URL(clouds.global.authority).host],
  ])('is refused %s with the reason, and the other lines are stored', async (_, network, reason) => {
    const { add, store } = desk(await network());
    const [first, , , last] = await add(list);
    expect(first?.objections[0]?.fault).toMatchObject({
      code: 'track.tenant-unresolved',
      params: { value: 'contoso.example', reason: expect.stringMatching(reason) },
    });
    expect(last?.objections).toEqual([]);
    expect(store.list().map(({ name }) => name)).toEqual(['D']);
  });
});

describe('a list whose domains are looked up', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `T${index};t${index}.example;${app}\n`).join('');

  it.each([
    ['while the service does not answer', () => new Promise<Response>(() => undefined)],
    ['while the transport heeds it', (_: string, init?: RequestInit) => fetchUntil(init?.signal ?? null)],
  ])('ends at once when it is stopped %s: nothing is stored', async (_, silent) => {
    const stopped = new AbortController();
    const asked: string[] = [];
    const { add, store } = desk((address, init) => {
      asked.push(address);
      if (asked.length === 8) setImmediate(() => stopped.abort());
      return silent(address, init);
    }, stopped.signal);
    const list = `name;tenant id;client id\nGood;${tenant};${app}\n${lines}`;
    await expect(add(list)).rejects.toEqual(expect.objectContaining({ name: 'Fault', code: 'interrupted' }));
    expect(asked).toHaveLength(8);
    expect(store.list()).toEqual([]);
    // Nobody is asked any more.
    await expect(add(list)).rejects.toEqual(expect.objectContaining({ code: 'interrupted' }));
    expect(asked).toHaveLength(8);
  });

  it('ends between two lines where nobody is asked', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const { add, store } = desk(unplugged, stopped.signal);
    await expect(add(`name;tenant id;client id\nGood;${tenant};${app}\n`)).rejects.toEqual(
      expect.objectContaining({ name: 'Fault', code: 'interrupted' }),
    );
    expect(store.list()).toEqual([]);
  });
});

it('of more lines than anybody has is refused before it takes time', async () => {
  const { add } = desk();
  await expect(add(`name;tenant id;client id\n${'"x\n'.repeat(1_000_000)}`)).rejects.toEqual(
    expect.objectContaining({ code: 'track.too-many-lines', params: expect.objectContaining({ lines: 1_000_002, limit: 20_000 }) }),
  );
});

describe('one bad certificate file in a list', () => {
  it('costs its own line, whatever is in it', async () => {
    const { add, store } = desk();
    const fixture = (name: string) => join(import.meta.dirname, '../certificates/fixtures', name);
    const names = [
      '02-invalid-date.cer',
      '12-iterations-2147483647.pfx',
      '01-empty-subject.cer',
      '16-p7b-with-one.cer',
      '05-sigalg-without-null.cer',
    ];
    const validated = await add(`name;tenant id;cer\n${names.map((name) => `${name};${tenant};${fixture(name)}`).join('\n')}\n`);
    expect(validated.map(({ objections: [first] }) => first?.fault.code ?? 'added')).toEqual([
      'certificate.dates-invalid',
      'certificate.pfx',
      'added',
      'added',
      'added',
    ]);
    expect(store.list().map(({ certificate }) => certificate?.subject)).toEqual(['mail.contoso.example', 'CN=ms-server', 'CN=ms-server']);
    expect(readFileSync(fixture('01-empty-subject.cer')).equals(Buffer.from(store.list()[0]?.certificate?.der ?? '', 'base64'))).toBe(true);
  });
});

describe('a pasted value', () => {
  it.each(['\u200B', '\uFEFF', '\u00AD', '\u200E', '\u00A0', '\u2060'])('is good in spite of U+%s around it', (sign) => {
    expect(checkTenant(`${sign}${tenant}${sign}`)).toMatchObject({ ok: true, value: tenant });
    expect(checkClientId(`${sign}${app}`)).toMatchObject({ ok: true, value: app });
    expect(checkTenant(`contoso${sign === '\u00A0' ? '' : sign}.com${sign}`)).toMatchObject({ ok: true, value: 'contoso.com' });
  });

  it.each(['\u2010', '\u2011', '\u2013', '\u2014', '\u2212', '\uFE63', '\uFF0D'])(
    'with the dash %j in a host name is refused, not made another name',
    (sign) => {
      expect(checkFqdn(`mail${sign}server.contoso.com`)).toMatchObject({ ok: false, fault: { code: 'input.fqdn.dash' } });
    },
  );
});
