import { credentialView, type CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import {
  acceptable,
  countMoved,
  migrateAll,
  waitingForMove,
  type LossToAccept,
  type MigrationOutcome,
  type Waiting,
  type WaveRequest,
} from '../../registration/index.ts';
import { lastAnswers, lastRunWithoutEws } from '../../watch/index.ts';
import { exitCodeOf, exitCodes, worst } from '../exit-codes.ts';
import { flag } from '../global-options.ts';
import { faultDocument, printJson, reportedFault } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText } from '../report-text.ts';
import { profileOption } from '../server-options.ts';
import type { Session } from '../session.ts';

/** So many in a wave where nobody says otherwise. */
const firstWave = 3;

type Options = Readonly<Record<string, unknown>>;

/** The profile of `--to`. @throws Fault input.option.missing, input.profile.* */
export async function targetOf(to: unknown, { services }: Session): Promise<WaveRequest['to']> {
  const profile = await profileOption({ profile: to }, services.engine.profiles);
  if (profile === null) throw new Fault('input.option.missing', { params: { option: '--to' } });
  return profile;
}

const faultOf = (outcome: MigrationOutcome): Fault | null => ('fault' in outcome ? outcome.fault : reportedFault(outcome.report));

const isIn = ({ tenantId, tenantDomain }: CredentialRecord, tenant: string): boolean =>
  [tenantId, tenantDomain].some((each) => each !== '' && each.toLowerCase() === tenant.toLowerCase());

/** What was accepted for the tenant of a credential. @throws Fault ews.not-listed */
function acceptedIn(options: Options, records: readonly CredentialRecord[]): (record: CredentialRecord) => readonly string[] {
  if (flag(options, 'lossesAccepted')) return () => acceptable;
  const named = Array.isArray(options['lossesAcceptedIn']) ? options['lossesAcceptedIn'].map(String) : [];
  const stray = named.find((tenant) => !records.some((record) => isIn(record, tenant)));
  if (stray !== undefined) throw new Fault('ews.not-listed', { params: { tenant: stray } });
  return (record) => (named.some((tenant) => isIn(record, tenant)) ? acceptable : []);
}

/** What a move gives up: how many of what, or that nobody has looked. */
function lossText({ loss, count, readAt }: LossToAccept, texts: VerbContext['texts']): string {
  const { t } = texts;
  const name = t(`move.loss.${loss}`);
  if (readAt === null) return t('migration.loss.unread', { name });
  const day = texts.date(new Date(readAt));
  return count === null
    ? t('migration.loss.stale', { name, day })
    : t('migration.loss.read', { found: t(`ews.loss.${loss}`, { count }), day });
}

function waitingText({ record, losses, held }: Waiting, { globals }: Session, { texts }: VerbContext): string {
  const name = nameText(credentialView(record), texts, globals.practice !== null);
  const said = losses.length === 0 ? texts.t('migration.loses-nothing') : losses.map((each) => lossText(each, texts)).join('; ');
  return `${name}: ${said}${held ? `. ${texts.t('migration.held')}` : ''}\n`;
}

/** `migrate --all`: what waits and what each tenant would lose, and unless only that was asked for, the next wave. */
export async function everything(session: Session, options: Options, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const { services, globals } = session;
  const { engine, directory } = services;
  const limit = typeof options['limit'] === 'number' ? options['limit'] : firstWave;
  const wave = { to: await targetOf(options['to'], session), accepted: acceptedIn(options, engine.store.list()) };
  const planOnly = flag(options, 'plan');
  const waiting = waitingForMove(engine, wave);
  const next = waiting.filter(({ held }) => !held).slice(0, limit);
  if (!globals.json) for (const each of planOnly ? waiting : next) io.out(waitingText(each, session, context));
  const outcomes: MigrationOutcome[] = [];
  if (!planOnly)
    await migrateAll(engine, { ...wave, limit }, session.run(), (outcome) => {
      outcomes.push(outcome);
      if (globals.json) return;
      const { credential } = 'fault' in outcome ? outcome : outcome.report;
      const fault = faultOf(outcome);
      const said = fault === null ? texts.t('migration.granted') : texts.faultText(fault).message;
      io.out(`${nameText(credential, texts, globals.practice !== null)}: ${said}\n`);
    });
  const { moved, left } = countMoved(engine);
  const lastRun = lastRunWithoutEws(await lastAnswers(directory), engine.store.list());
  if (globals.json) {
    const results = outcomes.map((outcome) => {
      const fault = faultOf(outcome);
      const document = 'fault' in outcome ? { credential: outcome.credential } : outcome.report;
      return fault === null ? document : { ...document, ...faultDocument(fault, texts) };
    });
    const told = waiting.map(({ record, losses, held }) => ({ credential: credentialView(record), losses, held }));
    printJson({ ...(planOnly ? { waiting: told } : { results }), moved, left, lastRun }, context);
  } else {
    const last = lastRun === null ? 'none' : lastRun.slice(0, 16).replace('T', ' ');
    io.out(`${texts.t('migration.moved', { moved, total: moved + left, left, last })}\n`);
  }
  context.end(worst(outcomes.map(faultOf).map((fault) => (fault === null ? exitCodes.done : exitCodeOf(fault.code)))));
}
