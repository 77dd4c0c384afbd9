import type { CredentialRow, Output } from '../../../preload/contract.ts';
import type { Services } from '../../services/index.ts';
import {
  askServersDaily,
  findingPlace,
  findingReasons,
  findingText,
  lastAnswers,
  serverFindings,
  standingFindings,
  type AskedAnswer,
  type ServerFinding,
} from '../../watch/index.ts';
import { withinDays } from '../server-notices.ts';

/** Of the servers that are kept, without what is over since. */
function standing({ servers, engine }: Services, answers: readonly AskedAnswer[]): readonly ServerFinding[] {
  const { store, clock, linkedServers } = engine;
  const kept = new Set(servers.list().map(({ id }) => id));
  const records = store.list();
  const found = serverFindings(
    answers.filter(({ server }) => kept.has(server)),
    records,
    clock.now(),
    withinDays,
  );
  return standingFindings(found, records, (id) => linkedServers.of(id));
}

const shown = (findings: readonly ServerFinding[], { texts }: Services): Output<'server:findings'> =>
  findings.map((each) => ({
    finding: each.finding,
    server: each.server,
    place: findingPlace(each),
    text: findingText(each, texts),
    credential: each.credential,
    askedAt: each.askedAt,
  }));

/** What the servers are in need of, by what they said last; nobody is asked. */
export const findingsSaid = async (services: Services): Promise<Output<'server:findings'>> =>
  shown(standing(services, await lastAnswers(services.directory)), services);

/**
 * Asks one server now what the daily look asks.
 *
 * @returns what all of them are in need of then
 * @throws Fault server.unknown, interrupted
 */
export async function askAgain(services: Services, id: string, signal: AbortSignal): Promise<Output<'server:findings'>> {
  const { servers, directory, engine } = services;
  const only = servers.find(id).id;
  const answers = await askServersDaily({ servers, directory, now: engine.clock.now(), log: engine.log, only, signal });
  return shown(standing(services, answers), services);
}

/** The rows, with what was found in their servers as the reason of those that have no other. */
export async function withFindings(services: Services, rows: readonly CredentialRow[]): Promise<CredentialRow[]> {
  const { servers, directory, engine, texts } = services;
  if (servers.list().length === 0) return [...rows];
  const findings = standing(services, await lastAnswers(directory));
  const reasons = findingReasons(findings, engine.store.list(), (id) => engine.linkedServers.of(id), texts);
  return rows.map((row) => ({ ...row, reason: row.reason ?? reasons.get(row.id) ?? null }));
}
