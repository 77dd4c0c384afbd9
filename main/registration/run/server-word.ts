import { handoverOf, type Check, type CredentialPatch, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import type { KnownLink } from '../../mailstore/index.ts';
import { serverById } from '../../servers/index.ts';
import { handedOver } from '../certificates/handed-over.ts';
import { reachedAt } from '../certificates/timeline.ts';
import type { Engine } from '../engine.ts';
import { checkRule } from '../verify/checks/index.ts';
import { recordAct } from './act.ts';

/** A server that could not be asked has neither shown anything nor taken anything back. */
const saidNothing = ({ evidence }: Check): boolean => typeof evidence !== 'string' && evidence.code.startsWith('fault.');

/** The steps of the sheet that the server itself shows to be done. A person's word is left as it is. */
function ticked({ sheet, server }: CredentialRecord, checks: readonly Check[], now: Date): CredentialRecord['sheet'] {
  const steps = new Set(serverById(server.id)?.sheet.map(({ id }) => id));
  const seen: Record<string, CredentialRecord['sheet'][string]> = { ...sheet };
  const note = (step: string | undefined, done: boolean) => {
    if (step === undefined || !steps.has(step)) return;
    if (done && seen[step]?.by !== 'evidence') seen[step] = { by: 'evidence', at: now.toISOString() };
    if (!done && seen[step]?.by === 'evidence') delete seen[step];
  };
  const answered = checks.filter((each) => !saidNothing(each));
  for (const { check, result } of answered) note(checkRule(check)?.sheet, result === 'passed');
  // An instance that does not exist or does not run says nothing.
  if (answered.some(({ check }) => check === 'server-credential')) note('instance', true);
  return seen;
}

/** The run that archived with the current certificate, as the check has it. */
function archivedBy(checks: readonly Check[], now: Date) {
  const passed = (name: string) => checks.find(({ check, result }) => check === name && result === 'passed');
  const run = passed('server-archiving')?.evidence;
  if (run === undefined || typeof run === 'string' || passed('server-certificate') === undefined) return null;
  const { run: number, count, time } = run.params;
  return { run: Number(number), items: Number(count), completedAt: String(time).replace(' ', 'T'), seenAt: now.toISOString() };
}

type Archived = NonNullable<ReturnType<typeof archivedBy>>;

/** The handover with the server's own word in it; null where it says so already. */
function evidenced(record: CredentialRecord, certificate: StoredCertificate, link: KnownLink, archived: Archived) {
  const before = handoverOf(record);
  if (before !== null && before.server?.archived != null) return null;
  const { id, version } = record.profile;
  const server = { name: link.server.name, instance: link.instance, archived };
  if (before === null)
    return { confirmedAt: archived.seenAt, by: link.server.name, word: 'server' as const, profile: { id, version }, server };
  return { ...certificate.handover, confirmedAt: before.confirmedAt, by: before.by, profile: before.profile, server };
}

/**
 * What the server's own word changes of a record: ticks of its sheet, and the handover once it has archived with the current
 * certificate, which nobody needs to confirm then. Recorded in the trail.
 *
 * @param checks as the server answered them for this very record
 */
export function fromServerWord(
  engine: Pick<Engine, 'trail' | 'linkedServers'>,
  record: CredentialRecord,
  checks: readonly Check[],
  now: Date,
): CredentialPatch {
  const link = engine.linkedServers.of(record.id);
  if (link === null) return {};
  const sheet = ticked(record, checks, now);
  const patch: CredentialPatch = JSON.stringify(sheet) === JSON.stringify(record.sheet) ? {} : { sheet };
  const { certificate, rotation } = record;
  const archived = archivedBy(checks, now);
  if (certificate === null || archived === null) return patch;
  if (rotation !== null && reachedAt(rotation, 'rolled-back') !== null && rotation.to === certificate.thumbprint) return patch;
  const handover = evidenced(record, certificate, link, archived);
  if (handover === null) return patch;
  const { name, instance } = handover.server;
  recordAct(engine, record, 'server-handover', certificate.thumbprint, {
    server: name,
    instance,
    run: archived.run,
    items: archived.items,
  });
  return { ...patch, ...handedOver(record, certificate, handover, now) };
}
