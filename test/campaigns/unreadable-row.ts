import { randomStream } from '../../main/practice/random.ts';
import { compareKeys, forgetUnneeded } from '../../main/credential/keys/index.ts';
import { rotateAllDue } from '../../main/registration/verbs/all-due.ts';
import { verifyAll } from '../../main/registration/verbs/verify.ts';
import type { Run } from '../../main/registration/engine.ts';
import { openBenchServices, type BenchServices } from '../bench/bench-services.ts';
import { startPracticeTenants, type PracticeTenants } from '../bench/practice-tenants.ts';
import { storeMany } from '../bench/store-many.ts';
import { spoil } from '../unit/vault/damage.ts';
import type { Breach, Law } from './laws.ts';
import { ledger, type CampaignReport, type Ledger } from './report.ts';

export interface UnreadableRowOptions {
  readonly seed: number;
  /** Credentials, each with a tenant of its own. */
  readonly credentials: number;
  readonly tell: (line: string) => void;
}

/** What becomes of the document of a row, as SQL. */
const damages: Readonly<Record<string, string>> = {
  'is cut off': 'substr(document, 1, length(document) / 2)',
  'is empty': `''`,
  'is a number': '7',
  'has a field of another version': `json_set(document, '$.ofAnotherVersion', 'x')`,
  'has lost a field': `json_remove(document, '$.certificate.thumbprint')`,
  'has a state that nobody knows': `json_set(document, '$.state', 'perhaps')`,
  'has another id': `json_set(document, '$.id', '00000000-0000-4000-8000-000000000000')`,
  'is deleted, and the row says that it is not': `json_set(document, '$.deletedAt', '2026-01-01T00:00:00.000Z')`,
};

const nobody = () => Promise.reject(new Error('nobody is there'));
const run: Run = { onProgress: () => undefined, confirm: nobody, openBrowser: nobody, accepted: [] };
const day = 86_400_000;

/** All certificates end in ten days. */
function age({ services: { engine } }: BenchServices): void {
  const at = (days: number) => new Date(Date.now() + days * day).toISOString();
  for (const { id, certificate } of engine.store.list())
    if (certificate !== null) engine.store.change(id, () => ({ certificate: { ...certificate, notBefore: at(-445), notAfter: at(10) } }));
}

/** Everything that goes through the whole list, with one row that cannot be read. */
async function withDamage(
  bench: BenchServices,
  practice: PracticeTenants,
  id: string,
  rotates: boolean,
  { count }: Ledger,
): Promise<Breach[]> {
  const { engine } = bench.services;
  const breaches: Breach[] = [];
  const must = (holds: boolean, law: Law, detail: string) => {
    if (!holds) breaches.push({ law, detail });
  };
  const others = engine.store.ids().length - 1;
  const [keys, document] = [(await bench.keychain.accounts()).toSorted(), engine.store.damagedDocument(id)];
  must(engine.store.list().length === others, 'store', `${engine.store.list().length} of ${others} others are listed`);
  must(engine.store.damaged().length === 1, 'store', 'the damaged row is not named');

  const failed: string[] = [];
  let verified = 0;
  await verifyAll(engine, run, (outcome) => {
    if ('fault' in outcome) failed.push(outcome.fault.code);
    else if (outcome.report.proof?.ok === true) verified += 1;
  });
  count('verifications', verified);
  must(verified === others, 'store', `${verified} of ${others} others are verified; ${[...new Set(failed)].join(', ')}`);

  const { unneeded, missing } = await compareKeys(engine);
  must(missing.length === 0, 'key kept', `${missing.length} keys are missing`);
  must(unneeded.length === 0, 'keys found', `${unneeded.length} keys are called unneeded`);
  await forgetUnneeded(
    engine,
    (await engine.secrets.list()).filter((name) => name.credentialId === id),
    true,
  );
  await bench.services.emptyBin();
  await bench.services.backUp();
  const kept = (await bench.keychain.accounts()).toSorted();
  must(JSON.stringify(kept) === JSON.stringify(keys), 'key kept', 'the keychain is another one');

  if (rotates) {
    const before = new Map((await practice.publishedKeys()).map(({ tenantId, thumbprints }) => [tenantId, thumbprints]));
    age(bench);
    let rotated = 0;
    await rotateAllDue(engine, { withinDays: 60, unattended: true, overlapDays: 0, handOut: null }, run, (outcome) => {
      if ('report' in outcome && outcome.report.timeline.at(-1)?.state === 'proven') rotated += 1;
    });
    count('rotations', rotated);
    must(rotated === others, 'store', `${rotated} of ${others} others are rotated`);
    const after = new Map((await practice.publishedKeys()).map(({ tenantId, thumbprints }) => [tenantId, thumbprints]));
    const lost = [...before].flatMap(([tenantId, old]) => old.filter((thumbprint) => after.get(tenantId)?.includes(thumbprint) !== true));
    must(lost.length === 0, 'in use', `${lost.length} old key credentials are gone without a handover`);
    const grown = [...after].filter(([tenantId, now]) => now.length > (before.get(tenantId)?.length ?? 0)).length;
    must(grown === others, 'in use', `${grown} of ${others} tenants have a new key credential`);
  }
  must(engine.store.damagedDocument(id) === document, 'store', 'the damaged row is another one');
  return breaches;
}

/** One row of many cannot be read, in one way after the other: all others go on, and what belongs to it stays as it is. */
export async function unreadableRow({ seed, credentials, tell }: UnreadableRowOptions): Promise<CampaignReport> {
  const books = ledger(`one unreadable row among ${credentials}`, tell);
  const chance = randomStream(seed);
  const practice = await startPracticeTenants({ tenants: credentials });
  const bench = await openBenchServices(practice.description.graph);
  try {
    await storeMany(bench, practice);
    const { store } = bench.services.engine;
    const ids = store.ids();
    const kinds = Object.entries(damages);
    for (const [index, [what, sql]] of kinds.entries()) {
      const id = ids[Math.floor(chance() * ids.length)] ?? '';
      const record = store.get(id);
      if (record === null) throw new Error('no credential');
      spoil(bench.services.directory, id, sql);
      books.count('damages');
      books.add(`the row of ${record.name} ${what}`, await withDamage(bench, practice, id, index === kinds.length - 1, books));
      // As somebody puts it back who has kept it.
      const { version: _version, ...document } = record;
      spoil(bench.services.directory, id, `'${JSON.stringify(document).replaceAll(`'`, `''`)}'`);
      if (store.get(id) === null) books.add(what, [{ law: 'store', detail: 'what was put back cannot be read' }]);
    }
  } finally {
    await bench.close();
    await practice.stop();
  }
  return books.report();
}
