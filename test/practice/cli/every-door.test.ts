import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { profileById, profileReference } from '../../../main/servers/index.ts';
import { caseDay, casePath, cases, isRefusal, type Case, type CertificateFacts, type Refusal } from '../../unit/certificates/cases.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

// Before the practice tenant: both have one clock.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: caseDay }));
afterAll(() => void vi.useRealTimers());

const place = workplace();
const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const app = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';

const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex').toUpperCase();

/** Thumbprints of what is in the tenant, of the very bytes that were sent there. */
const published = () =>
  place()
    .applications()
    .flatMap(({ keyCredentials }) => keyCredentials ?? [])
    .map((key) => sha1(Buffer.from(key?.key ?? '', 'base64')));

let count = 0;
const freshData = () => `door-${(count += 1)}`;

/** The password of a file in a file of its own. */
function passwordFile({ password }: Case): string {
  const path = join(place().folder, `password-${sha1(Buffer.from(password))}`);
  writeFileSync(path, password);
  return path;
}

/** A credential whose key is elsewhere, for doors that want one. */
const trackedAs = async (data: string) => place().cli(data, 'track', '--name', 'Contoso', '--tenant', tenant, '--client-id', app);

interface Door {
  readonly name: string;
  readonly of: 'certificate' | 'pfx' | 'signed' | 'pem';
  /** What has to be there before. */
  readonly prepare?: (data: string) => Promise<unknown>;
  readonly args: (each: Case) => string[];
  /** Whether what was accepted is in the tenant then. */
  readonly publishes?: true;
}

const doors: readonly Door[] = [
  {
    name: 'connect --certificate',
    of: 'certificate',
    args: ({ file }) => connectArgs('Contoso', '--certificate', casePath(file)),
    publishes: true,
  },
  {
    name: 'repair --certificate',
    of: 'certificate',
    prepare: (data) => place().cli(data, ...connectArgs('Contoso', '--custody', 'external').filter((arg) => !/key-size|2048/.test(arg))),
    args: ({ file }) => ['repair', 'Contoso', '--yes', '--certificate', casePath(file)],
    publishes: true,
  },
  {
    name: 'track --cer',
    of: 'certificate',
    args: ({ file }) => ['track', '--name', 'Contoso', '--tenant', tenant, '--client-id', app, '--cer', casePath(file)],
  },
  {
    name: 'connect --pfx',
    of: 'pfx',
    args: (each) =>
      connectArgs('Contoso', '--pfx', casePath(each.file), '--password-file', passwordFile(each)).filter(
        (arg) => !/key-size|2048/.test(arg),
      ),
    publishes: true,
  },
  {
    name: 'import --pfx',
    of: 'pfx',
    prepare: trackedAs,
    args: (each) => ['import', 'Contoso', '--pfx', casePath(each.file), '--password-file', passwordFile(each)],
  },
  {
    name: 'import --certificate',
    of: 'signed',
    prepare: (data) => place().cli(data, ...connectArgs('Contoso')),
    args: ({ file }) => ['import', 'Contoso', '--certificate', casePath(file)],
  },
  {
    name: 'import --pem',
    of: 'pem',
    prepare: trackedAs,
    args: ({ file }) => ['import', 'Contoso', '--pem', casePath(file)],
  },
];

/** A fault in words: which file, and what is wrong with it. */
function expectSaid(fault: unknown, { code, says }: Refusal, file: string): void {
  expect(fault).toMatchObject({ code, message: expect.stringContaining(basename(file)), fix: expect.stringMatching(/./) });
  const { message, fix } = fault as { message: string; fix: string };
  expect(`${message} ${fix}`).toMatch(says);
  expect(`${message} ${fix}`).not.toMatch(/[{}]|undefined|\[object/);
}

const factsIn = (document: Document): unknown => (document['credential'] as { certificate?: unknown } | undefined)?.certificate;

describe.each(doors)('$name', ({ of, prepare, args, publishes }) => {
  const prepared = new Map<string, Promise<unknown>>();
  const preparedOnce = (data: string) => {
    const found = prepared.get(data) ?? (prepare ?? (() => Promise.resolve()))(data);
    prepared.set(data, found);
    return found;
  };
  const common = freshData();

  it.each(cases)('$file', async (each) => {
    const outcome = each[of];
    // What is refused changes nothing, so one list will do.
    const data = isRefusal(outcome) ? common : freshData();
    await preparedOnce(data);
    const state = async () => ({ list: (await place().json(data, 'list')).document, tenant: place().state() });
    const before = isRefusal(outcome) ? await state() : null;
    const ended = await place().json(data, ...args(each));
    if (isRefusal(outcome)) {
      expect(ended).toMatchObject({ code: 2 });
      expectSaid(ended.document['fault'], outcome, each.file);
      expect(await state()).toEqual(before);
      return;
    }
    expect(ended).toMatchObject({ code: 0 });
    expect(factsIn(ended.document)).toMatchObject(outcome);
    if (publishes) expect(published()).toContain(outcome.thumbprint);
    const cer = join(place().folder, `${data}.cer`);
    await place().cli(data, 'export', 'Contoso', '--format', 'cer', '--out', cer);
    expect(sha1(readFileSync(cer))).toBe(outcome.thumbprint);
  });
});

describe('a list', () => {
  const guid = (start: string, index: number) => `${start}${String(index).padStart(12, '0')}`;
  const ids = (index: number) => ({ tenant: guid('0c77a1b2-3c4d-4e5f-8a9b-', index), client: guid('5b1e0f3a-1c2d-4e5f-8a9b-', index) });
  type Result = { readonly credential?: { readonly certificate: CertificateFacts }; readonly fault?: unknown };
  const results = ({ document }: { readonly document: Document }) => document['results'] as readonly Result[];

  /** @param named how a refusal calls what it is about; by default the file of the line */
  function expectEach(found: readonly Result[], some: readonly Case[], named = (index: number) => some[index]?.file ?? ''): void {
    expect(found).toHaveLength(some.length);
    for (const [index, { file, certificate }] of some.entries()) {
      const one = found[index] ?? {};
      if (!isRefusal(certificate)) expect(one.credential?.certificate, file).toMatchObject(certificate);
      else expectSaid(one.fault, certificate, named(index));
    }
  }

  it('in CSV takes each of them by its path: its own line is refused, all others are stored', async () => {
    const lines = cases.map(({ file }, index) => `${file};${ids(index).tenant};${ids(index).client};${casePath(file)}`);
    const csv = join(place().folder, 'paths.csv');
    writeFileSync(csv, `name;tenant id;client id;cer\n${lines.join('\n')}\n`);
    const tracked = await place().json('csv', 'track', '--csv', csv);
    expect(tracked.code).toBe(2);
    expectEach(results(tracked), cases);
    const accepted = cases.filter(({ certificate }) => !isRefusal(certificate));
    // What is exported is read back with the same certificates, from JSON and from the cells of CSV.
    for (const extension of ['json', 'csv']) {
      const path = join(place().folder, `exported.${extension}`);
      await place().cli('csv', 'list', '--export', path);
      const back = await place().json(`back-${extension}`, 'track', extension === 'json' ? '--list' : '--csv', path);
      expect(back.code).toBe(0);
      const thumbprints = results(back).map(({ credential }) => credential?.certificate.thumbprint);
      expect(new Set(thumbprints)).toEqual(new Set(accepted.map(({ certificate }) => (certificate as CertificateFacts).thumbprint)));
      expect(thumbprints).toHaveLength(accepted.length);
    }
  });

  it('in JSON takes each of them as base64', async () => {
    const profile = profileReference(profileById('mailstore-guide'));
    const credentials = cases.map(({ file }, index) => ({
      name: file,
      customer: '',
      notes: '',
      cloud: 'global',
      tenantId: ids(index).tenant,
      tenantName: '',
      tenantDomain: '',
      clientId: ids(index).client,
      redirectUri: null,
      profile,
      certificate: readFileSync(casePath(file)).toString('base64'),
    }));
    const path = join(place().folder, 'cases.json');
    writeFileSync(path, JSON.stringify({ format: 'tenant-keyring-list', version: 2, practice: true, credentials }));
    const tracked = await place().json('json', 'track', '--list', path);
    expect(tracked.code).toBe(2);
    expectEach(results(tracked), cases, (index) => `cases.json (${index + 1})`);
  });

  it('in CSV takes each of them as base64 in its cell', async () => {
    const inDer = cases.filter(({ file }) => readFileSync(casePath(file)).toString('base64').startsWith('MI'));
    expect(inDer.length).toBeGreaterThan(15);
    const lines = inDer.map(({ file }, index) => `${file},${ids(index).tenant},${readFileSync(casePath(file)).toString('base64')}`);
    const csv = join(place().folder, 'cells.csv');
    writeFileSync(csv, `name,tenant id,cer\n${lines.join('\n')}\n`);
    expectEach(results(await place().json('cells', 'track', '--csv', csv)), inDer, (index) => `cells.csv (${index + 2})`);
  });
});
