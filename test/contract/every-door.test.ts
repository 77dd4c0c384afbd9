import { createHash, X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventValue, Outcome } from '../../preload/contract.ts';
import { readCertificate } from '../../main/certificates/index.ts';
import { caseDay, casePath, cases, isRefusal, type Case, type CertificateFacts, type Refusal } from '../unit/certificates/cases.ts';
import { shapesOf } from '../unit/certificates/odd-certificates.ts';
import { scratchFile, scratchFolder } from '../unit/certificates/samples.ts';
import { desk, draft, type Desk } from './desk.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: caseDay }));
afterEach(() => void vi.useRealTimers());

const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex').toUpperCase();

/** What main keeps, as it goes out again. */
async function exported(here: Desk, id: string): Promise<Buffer> {
  const path = join(scratchFolder(), 'out.cer');
  here.paths.push(path);
  expect(await here.request('certificate:export', { id, format: 'cer', password: null, encryption: 'modern' })).toMatchObject({ ok: true });
  return readFileSync(path);
}

type Answer = Outcome<{ readonly certificate: string; readonly facts: unknown } | { readonly keys: unknown } | null>;

interface Door {
  readonly name: string;
  readonly of: 'certificate' | 'pfx' | 'signed';
  readonly bring: (here: Desk, each: Case, credential: string | null) => Promise<Answer>;
}

const doors: readonly Door[] = [
  {
    name: 'a chosen certificate',
    of: 'certificate',
    bring: ({ request, paths }, { file }) => {
      paths.push(casePath(file));
      return request('certificate:choose', null);
    },
  },
  {
    name: 'a dropped certificate',
    of: 'certificate',
    bring: ({ request }, { file }) => request('certificate:read', { name: file, content: readFileSync(casePath(file)).toString('base64') }),
  },
  {
    name: 'the answer to a request',
    of: 'signed',
    bring: ({ request, paths }, { file }, credential) => {
      paths.push(casePath(file));
      return request('certificate:choose-signed', { id: credential ?? '' });
    },
  },
  {
    name: 'a PFX',
    of: 'pfx',
    bring: async ({ request, paths }, { file, password }) => {
      paths.push(casePath(file));
      const chosen = await request('pfx:choose', null);
      if (!chosen.ok || chosen.value === null) throw new Error('nothing chosen');
      expect(chosen.value.name).toBe(file);
      return request('pfx:read', { file: chosen.value.file, password, credential: null, key: null });
    },
  },
];

/** In words, and in those of the window: no option of the command line. */
function expectSaid({ message, fix }: { readonly message: string; readonly fix: string }, { says }: Refusal, file: string): void {
  expect(message).toContain(basename(file));
  expect(`${message} ${fix}`).toMatch(says);
  expect(`${message} ${fix}`).not.toMatch(/[{}]|undefined|\[object|--\w/);
}

describe.each(doors)('$name', ({ of, bring }) => {
  it('comes to the right value with each file', async () => {
    const here = await desk();
    const connected = of === 'signed' ? (await here.setUp({ draft, certificate: null })).at(-1) : null;
    const credential = connected?.kind === 'ended' ? connected.report.credential.id : null;
    const before = await here.request('credentials:list', { deleted: false });
    for (const each of cases) {
      const outcome = each[of];
      const answer = await bring(here, each, credential);
      if (isRefusal(outcome)) {
        if (answer.ok) throw new Error(`${each.file} was accepted`);
        expect(answer.fault.code, each.file).toBe(outcome.code);
        expectSaid(answer.fault, outcome, each.file);
        continue;
      }
      if (!answer.ok) throw new Error(`${each.file}: ${answer.fault.code}`);
      if (answer.value === null || 'keys' in answer.value) throw new Error('nothing read');
      expect(answer.value.facts, each.file).toMatchObject(outcome);
      expect(sha1(await exported(here, answer.value.certificate))).toBe(outcome.thumbprint);
    }
    // Nothing is stored before a dialog is accepted.
    expect(await here.request('credentials:list', { deleted: false })).toEqual(before);
  });
});

it('the answer to a request is taken in every shape', async () => {
  const here = await desk();
  const connected = (await here.setUp({ draft, certificate: null })).at(-1);
  if (connected?.kind !== 'ended') throw new Error('not ended');
  const { id } = connected.report.credential;
  const own = readCertificate(await exported(here, id));
  for (const { name, der, bytes } of shapesOf(new X509Certificate(own.der).publicKey)) {
    here.paths.push(scratchFile('answer.cer', bytes));
    const signed = await here.request('certificate:choose-signed', { id });
    if (!signed.ok || signed.value === null) throw new Error(`${name} is refused`);
    expect((await exported(here, signed.value.certificate)).equals(der), name).toBe(true);
  }
});

describe('the Downloads folder', () => {
  it('proposes each that may be the certificate, and says of each other why it is none', async () => {
    const here = await desk();
    const folder = scratchFolder();
    here.downloadTo(folder);
    const watched = await here.request('downloads:watch', null);
    if (!watched.ok) throw new Error(watched.fault.message);
    for (const { file } of cases) {
      copyFileSync(casePath(file), join(folder, file));
      utimesSync(join(folder, file), caseDay, caseDay);
    }
    const good = cases.filter(({ certificate }) => !isRefusal(certificate));
    const last = () =>
      here.emitted.flatMap(([event, value]) => (event === 'downloads:found' ? [value as EventValue<'downloads:found'>] : [])).at(-1);
    await vi.waitFor(
      () => {
        expect(last()?.files).toHaveLength(good.length);
        expect(last()?.refused).toHaveLength(cases.length - good.length);
      },
      { timeout: 60_000 },
    );
    for (const { file, certificate } of cases) {
      const found = last()?.files.find(({ name }) => name === file);
      const refused = last()?.refused.find(({ name }) => name === file);
      if (isRefusal(certificate)) {
        expect(found, file).toBeUndefined();
        expectSaid(refused ?? { message: '', fix: '' }, certificate, file);
      } else {
        expect(refused, file).toBeUndefined();
        expect(found?.facts, file).toMatchObject(certificate);
      }
    }
  });
});

describe('Add existing…', () => {
  const ids = (index: number) => ({
    tenant: `0c77a1b2-3c4d-4e5f-8a9b-${String(index).padStart(12, '0')}`,
    clientId: `5b1e0f3a-1c2d-4e5f-8a9b-${String(index).padStart(12, '0')}`,
  });
  const factsOf = ({ certificate }: Case) => certificate as CertificateFacts;
  const accepted = cases.filter(({ certificate }) => !isRefusal(certificate));

  it('takes the certificate of one credential in each form', async () => {
    const here = await desk();
    for (const [index, each] of accepted.entries()) {
      here.paths.push(casePath(each.file));
      const chosen = await here.request('certificate:choose', null);
      if (!chosen.ok || chosen.value === null) throw new Error('nothing chosen');
      const { certificate } = chosen.value;
      expect(await here.request('track:one', { name: each.file, ...ids(index), cloud: 'global', certificate })).toMatchObject({
        ok: true,
        value: { certificate: factsOf(each) },
      });
    }
  });

  it('shows each line of a file with its certificate, or with what is wrong with it', async () => {
    const here = await desk();
    const lines = cases.map(({ file }, index) => `${file};${ids(index).tenant};${ids(index).clientId};${casePath(file)}`);
    here.paths.push(scratchFile('cases.csv', ''));
    writeFileSync(here.paths[0] ?? '', `name;tenant id;client id;cer\n${lines.join('\n')}\n`);
    const shown = await here.request('track:choose', { cloud: 'global' });
    if (!shown.ok || shown.value === null) throw new Error('nothing chosen');
    expect(shown.value.lines).toHaveLength(cases.length);
    for (const [index, { certificate, problem }] of shown.value.lines.entries()) {
      const each = cases[index];
      if (each === undefined) continue;
      if (isRefusal(each.certificate)) expectSaid({ message: problem ?? '', fix: '' }, each.certificate, each.file);
      else expect({ certificate, problem }, each.file).toMatchObject({ certificate: each.certificate, problem: null });
    }
    const added = await here.request('track:add', { file: shown.value.file });
    if (!added.ok) throw new Error(added.fault.message);
    expect(added.value.added).toHaveLength(accepted.length);
  });
});
