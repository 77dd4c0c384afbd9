import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { compareKeys } from '../../main/credential/keys/index.ts';
import { certificatesOf } from '../../main/credential/index.ts';
import { repair } from '../../main/registration/verbs/repair.ts';
import type { Scene } from './scene.ts';
import { otherCertificates } from './server.ts';
import { appName, perform } from './verbs.ts';

/** The law that was broken; the first four are what must never be lost. */
export type Law =
  | 'in use' // the key that the server uses is in the tenant and gets its token
  | 'of others' // keys, URIs, permissions of others are untouched
  | 'key kept' // the keychain has the key of every certificate that is said to be here
  | 'known' // whatever is published of ours is known here or its key is
  | 'one application'
  | 'published once'
  | 'store' // it can be read
  | 'keys found' // every key in the keychain is listed, or told as one that nobody needs
  | 'lease free'
  | 'trail ends' // each intent has its outcome
  | 'heals' // the next runs come to an end, with a proof and nothing left to do
  | 'no bug';

/** Laws whose breach means that something was lost, or removed though in use. */
export const losses: ReadonlySet<Law> = new Set<Law>(['in use', 'of others', 'key kept', 'known']);

export interface Breach {
  readonly law: Law;
  readonly detail: string;
}

/** What can be told at every moment, also in the middle of a run. */
export function breachesNow({ server, others, published, isDeletedOnPurpose }: Scene): Breach[] {
  const held = server.held();
  const gone = held !== null && !isDeletedOnPurpose() && !published().includes(held.thumbprint);
  return [
    ...(gone ? [{ law: 'in use', detail: `${held.thumbprint} is not in the tenant` } as const] : []),
    ...others.lost().map((detail) => ({ law: 'of others', detail }) as const),
  ];
}

/** Intents without an outcome: of one operation, so many ends as beginnings of each change. */
function openIntents({ main }: Scene): string[] {
  const open = new Map<string, number>();
  for (const { operation, change, target, phase } of main.services.trail.list()) {
    const key = `${operation} ${change} ${target ?? ''}`;
    // An act with a key is told once, when it is done.
    if (phase === 'intent') open.set(key, (open.get(key) ?? 0) + 1);
    else if (open.has(key)) open.set(key, (open.get(key) ?? 0) - 1);
  }
  return [...open].filter(([, left]) => left > 0).map(([key]) => key);
}

function storeBreaches(scene: Scene): Breach[] {
  const { main, record, isStored } = scene;
  const damaged = main.services.engine.store.damaged().map(({ id, reason }) => `${id}: ${reason}`);
  const connection = new DatabaseSync(join(scene.data, 'keyring.sqlite'), { readOnly: true });
  const checked = connection
    .prepare('PRAGMA integrity_check')
    .all()
    .map((row) => String(row['integrity_check']))
    .filter((line) => line !== 'ok');
  connection.close();
  const missing = isStored() && record() === null ? ['the credential is not in the store'] : [];
  return [...damaged, ...checked, ...missing].map((detail) => ({ law: 'store', detail }));
}

async function keyBreaches(scene: Scene): Promise<Breach[]> {
  const { main, published, taken } = scene;
  const { engine } = main.services;
  const record = scene.record();
  if (record === null) return [];
  const kept = new Set(
    (await engine.secrets.list()).filter(({ credentialId }) => credentialId === record.id).map((each) => each.thumbprint),
  );
  const certificates = certificatesOf(record);
  const known = new Set(certificates.map(({ thumbprint }) => thumbprint));
  const lost = certificates.filter(
    ({ thumbprint, holder }) => holder === 'keyring' && !kept.has(thumbprint) && !taken.has(thumbprint) && published().includes(thumbprint),
  );
  const others = new Set((await otherCertificates(3)).map(({ thumbprint }) => thumbprint));
  const ours = published().filter((thumbprint) => !others.has(thumbprint));
  const twice = ours.filter((thumbprint, index) => ours.indexOf(thumbprint) !== index);
  const { unneeded, unsettled } = await compareKeys(engine);
  const told = new Set([...unneeded, ...unsettled].map(({ thumbprint }) => thumbprint));
  const hidden = [...kept].filter((thumbprint) => !known.has(thumbprint) && !told.has(thumbprint) && !published().includes(thumbprint));
  return [
    ...lost.map(({ thumbprint }) => ({ law: 'key kept', detail: `no key of ${thumbprint}, which is published` }) as const),
    ...ours
      .filter((thumbprint) => !known.has(thumbprint) && !kept.has(thumbprint))
      .map((thumbprint) => ({ law: 'known', detail: `${thumbprint} is published and not known here` }) as const),
    ...twice.map((thumbprint) => ({ law: 'published once', detail: `${thumbprint} twice` }) as const),
    ...hidden.map((thumbprint) => ({ law: 'keys found', detail: `the key of ${thumbprint} is told nowhere` }) as const),
  ];
}

function applicationBreaches({ tenant, record }: Scene): Breach[] {
  const { applications, deletedApplications } = tenant();
  const ours = [...applications, ...deletedApplications].filter(({ displayName }) => displayName === appName);
  const stored = record()?.objectId ?? null;
  return [
    ...(ours.length > 1 ? [{ law: 'one application', detail: `there are ${ours.length}` } as const] : []),
    ...(stored !== null && ours.every(({ id }) => id !== stored)
      ? [{ law: 'one application', detail: 'the one that is stored is not there' } as const]
      : []),
  ];
}

export interface AtRest {
  /** A process was ended, so that some intents have no outcome. */
  readonly killed: boolean;
}

/** All that has to hold when nobody works. */
export async function breachesAtRest(scene: Scene, { killed }: AtRest): Promise<Breach[]> {
  const { server, main } = scene;
  const id = scene.record()?.id ?? '';
  const held = server.held();
  const isGone = scene.isDeletedOnPurpose() || breachesNow(scene).some(({ law }) => law === 'in use');
  const refused = isGone ? null : await server.test();
  const holder = main.services.engine.leases.holder(id);
  return [
    ...breachesNow(scene),
    ...(refused === null ? [] : [{ law: 'in use', detail: `${held?.thumbprint ?? ''} gets no token: ${refused}` } as const]),
    ...storeBreaches(scene),
    ...(await keyBreaches(scene)),
    ...applicationBreaches(scene),
    ...(holder === null ? [] : [{ law: 'lease free', detail: `${holder.owner.program} ${holder.owner.process} has it` } as const]),
    ...(killed ? [] : openIntents(scene).map((detail) => ({ law: 'trail ends', detail }) as const)),
  ];
}

/** What an administrator does when all is quiet again; each of it must come to its end. */
export async function heal(scene: Scene): Promise<Breach[]> {
  const { main, record, clock } = scene;
  const breaches: Breach[] = [];
  const must = async (verb: 'restore' | 'repair' | 'verify' | 'connect', allowed: readonly string[] = []) => {
    const { fault, bug } = await perform(main, verb);
    if (fault !== null && !allowed.includes(fault))
      breaches.push({ law: bug === null ? 'heals' : 'no bug', detail: `${verb}: ${bug ?? fault}` });
  };
  if (record() === null) await must('connect');
  if (record()?.deletedAt != null) await must('restore');
  await must('repair');
  // What Microsoft may have done, as far as anybody knows, is not done again before the replication window is over.
  if (record()?.state === 'waiting-replication') {
    clock.pass(11 / 1440);
    await must('repair');
  }
  // One look, which may be behind directly after a write, and then says that it is pending.
  clock.pass(1 / 1440);
  await must('verify');
  const stored = record();
  if (stored === null) return [...breaches, { law: 'heals', detail: 'there is no credential' }];
  const again = await repair(
    main.services.engine,
    { credential: stored.id, certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: true },
    main.run(true),
  ).catch(() => null);
  if (again !== null && again.plan.length > 0)
    breaches.push({ law: 'heals', detail: `still to do: ${again.plan.map(({ change }) => change).join(', ')}` });
  const waits = stored.custody === 'external' && stored.certificate === null;
  if (!waits && stored.proof?.ok !== true && stored.custody === 'keyring')
    breaches.push({
      law: 'heals',
      detail: `not proven: ${JSON.stringify(stored.proof?.checks.filter(({ result }) => result === 'failed' || result === 'pending'))}`,
    });
  return breaches;
}
