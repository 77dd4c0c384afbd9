import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationsOf, createCredentialStore, storedCertificate, textFieldNames, textFields } from '../../../main/credential/index.ts';
import { findColumns } from '../../../main/credential/track/columns.ts';
import { withGuard, withoutGuard } from '../../../main/credential/track/formula.ts';
import { anyTenant, exportedList, listFormatOf, readCandidates, track, type FileOptions } from '../../../main/credential/track/index.ts';
import type { Log } from '../../../main/log/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { createTexts, languages, type Language } from '../../../main/texts/index.ts';
import { ours } from '../certificates/samples.ts';
import { sampleRecord } from '../vault/records.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';

const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log };
const options: FileOptions = {
  cloud: 'global',
  profile: profileById('mailstore-guide'),
  server: { id: 'mailstore-server', instance: null },
  practice: false,
};
const { id, version, permissions } = profileById('mailstore-graph');
const graph = { id, version, permissions };
const clientId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';

/** Reads a text as a CSV file into an empty list. */
async function readBack(text: string, practice = false) {
  const path = join(scratch(), 'list.csv');
  writeFileSync(path, text);
  const clock = testClock();
  const store = createCredentialStore(testDatabase(), clock);
  const validated = await track(
    { store, clock, log },
    (await readCandidates(path, 'auto', { ...options, practice })).candidates,
    anyTenant,
  );
  return { validated, records: store.list() };
}

const shown = (texts: readonly string[]) => texts.map((text) => text.replace(/^\uFEFF/, ''));

describe.each(languages)('the list as CSV in %s', (language: Language) => {
  const texts = createTexts(language);

  it('comes back as it was: ids, cloud, profile, certificate, customer, notes of many lines', async () => {
    const { certificate } = await ours();
    const records = [
      sampleRecord({
        name: 'Müller; "Söhne", KG',
        customer: 'Müller',
        notes: Array.from({ length: 130 }, (_, line) => `${line} "quoted"; and, more`).join('\n'),
        cloud: 'china',
        clientId,
        profile: graph,
        certificate: storedCertificate(certificate, 'made-here'),
      }),
      sampleRecord({ name: 'Ämter', clientId: null, redirectUri: null, certificate: storedCertificate(certificate, 'key-elsewhere') }),
    ];
    const { validated, records: back } = await readBack(exportedList(records, 'csv', false, texts));
    expect(validated.flatMap(({ objections }) => objections.map(({ fault }) => fault.code))).toEqual([]);
    const kept = (all: typeof records) =>
      all
        .map((each) => ({
          name: each.name,
          ...annotationsOf(each),
          cloud: each.cloud,
          tenantId: each.tenantId,
          tenantName: each.tenantName,
          tenantDomain: each.tenantDomain,
          clientId: each.clientId,
          redirectUri: each.redirectUri,
          profile: each.profile.id,
          thumbprint: each.certificate?.thumbprint,
        }))
        .toSorted((one, other) => one.tenantId.localeCompare(other.tenantId));
    expect(kept(back)).toEqual(kept(records));
  });

  it('has heads that are known again, one for each text of a credential', () => {
    const [head = ''] = shown(exportedList([], 'csv', true, texts).split('\r\n'));
    const columns = findColumns(head.split(language === 'en' ? ',' : ';').map((cell) => cell.replaceAll('"', '')));
    expect(Object.entries(columns).filter(([, place]) => place === null)).toEqual([]);
    for (const name of textFieldNames) expect(head).toContain(`"${texts.t(textFields[name].label)}"`);
    expect(new Set(Object.values(columns)).size).toBe(Object.values(columns).length);
  });

  it('made of simulated tenants is not read among real ones', async () => {
    const text = exportedList([sampleRecord({ clientId, certificate: null })], 'csv', true, texts);
    await expect(readBack(text)).rejects.toMatchObject({ code: 'track.list-of-other-world' });
    expect((await readBack(text, true)).records).toHaveLength(1);
  });
});

describe('cells that a spreadsheet would calculate', () => {
  const texts = createTexts('de');
  const cells = (text: string) => [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell);

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\uFF1D1', "'=1", "''@x", "'plain", '=HYPERLINK("http://x";"y")'])(
    '%s is none in the file, and comes back unchanged',
    async (name) => {
      const text = exportedList(
        [sampleRecord({ name, customer: name, notes: name, tenantName: name, clientId, certificate: null })],
        'csv',
        false,
        texts,
      );
      expect(cells(text).filter((cell) => /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/.test(cell))).toEqual([]);
      expect((await readBack(text)).records).toMatchObject([{ name, customer: name, notes: name, tenantName: name }]);
    },
  );

  it('are guarded and freed again, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '-', 'a', '\t', '\n', '＝') }), (cell) => {
        expect(withoutGuard(withGuard(cell))).toBe(cell);
        expect(withGuard(cell)).not.toMatch(/^[=+\-@\t\r\n＝]/);
      }),
    );
  });
});

it('a mark left open far above swallows none of the lines below', async () => {
  const lines = Array.from(
    { length: 30 },
    (_, place) => `"T${place}";0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa;${clientId.slice(0, -2)}${10 + place}`,
  );
  const { validated } = await readBack(['name;tenant id;client id', '"Open;x;y', ...lines].join('\n'));
  expect(validated.filter(({ record }) => record !== null).length).toBeGreaterThanOrEqual(29);
});

it('a cloud or a profile that nobody knows is refused with its line', async () => {
  const text = exportedList([sampleRecord({ clientId, certificate: null })], 'csv', false, createTexts('en'));
  const refused = async (changed: string) => (await readBack(changed)).validated[0]?.objections.map(({ fault }) => fault.code);
  expect(await refused(text.replace('"global"', '"mars"'))).toEqual(['input.option.value-invalid']);
  expect(await refused(text.replace('"mailstore-guide"', '"our-own"'))).toEqual(['input.profile.unknown']);
});

it.each([
  ['list.csv', 'csv'],
  ['LIST.CSV', 'csv'],
  ['list.json', 'json'],
  ['list', 'json'],
])('%s is written as %s', (path, format) => expect(listFormatOf(path)).toBe(format));
