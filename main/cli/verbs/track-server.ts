import { credentialView } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { takeOver, type TakeOver } from '../../registration/index.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { flag, textOption } from '../global-options.ts';
import { faultDocument, faultLine, printJson } from '../output.ts';
import { givenPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import type { Session } from '../session.ts';
import { serverDocument } from '../server-text.ts';

type Options = Readonly<Record<string, unknown>>;
type Place = { readonly instance: string | null };

/** Every so many instances a line says how far it has come. */
const everySo = 25;

const named = ({ instance, record }: TakeOver['known'][number]) => ({ instance, name: record.name, credential: record.id });

function documentOf({ added, known, refused, missing, ews, archives }: TakeOver, { texts }: VerbContext) {
  return {
    added: added.map(({ instance, record }) => ({ instance, credential: credentialView(record) })),
    known: known.map(named),
    refused: refused.map(({ instance, name, fault }) => ({ instance, name, ...faultDocument(fault, texts) })),
    missing: missing.map(named),
    ews,
    archives,
  };
}

const at = ({ instance }: Place, name: string) => (instance === null ? name : `${instance}: ${name}`);

/** How many archives there are of each version, in the order in which they were found. */
function versionsOf(archives: TakeOver['archives']) {
  const counts = new Map<string, number>();
  for (const { version } of archives) counts.set(version, (counts.get(version) ?? 0) + 1);
  return [...counts].map(([version, count]) => ({ version, count }));
}

/** One line for each, what needs somebody last. */
function textOf({ added, known, refused, missing, ews, archives }: TakeOver, server: string, { texts }: VerbContext): string {
  const { t } = texts;
  return [
    ...added.map((each) => `${at(each, each.record.name)}: ${t('track.line-added')}`),
    ...versionsOf(archives).map(({ version, count }) => t('track.server.version', { version, count })),
    ...archives.flatMap((each) => (each.profilesRead ? [] : [t('track.server.profiles-unread', { instance: each.instance ?? server })])),
    ...ews.map((each) => t('track.server.ews', { profile: at(each, each.profile) })),
    ...missing.map((each) => t('track.server.missing', { name: at(each, each.record.name) })),
    ...refused.map((each) => `${at(each, each.name ?? '')}${each.name === null ? '' : ': '}${faultLine(each.fault, texts).trim()}`),
    t('track.server.sum', { added: added.length, known: known.length, refused: refused.length, missing: missing.length }),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * Takes over what a server holds.
 *
 * @returns the exit code of the worst that was refused
 * @throws Fault server.*, input.option.missing where it has several instances and none was named
 */
export async function trackServer(session: Session, options: Options, context: VerbContext): Promise<ExitCode> {
  const { io, texts } = context;
  const { servers, engine } = session.services;
  const name = textOption(options, 'mailstore') ?? '';
  const instance = textOption(options, 'instance') ?? null;
  const { kind } = servers.find(name);
  if (kind === 'spe' && instance === null && !flag(options, 'allInstances'))
    throw new Fault('input.option.missing', { params: { option: '--all-instances, --instance' } });
  const given = await givenPassword(options, io);
  const onProgress = (done: number, total: number) => {
    if (total > everySo && (done % everySo === 0 || done === total)) io.err(`${texts.t('track.server.progress', { done, total })}\n`);
  };
  return servers.ask(
    name,
    async (connection, record) => {
      const taken = await takeOver(engine, connection, record, { instance, cloud: session.globals.cloud, onProgress, signal: io.signal });
      if (session.globals.json) printJson({ server: serverDocument(record), ...documentOf(taken, context) }, context);
      else io.out(textOf(taken, record.name, context));
      return worst([exitCodes.done, ...taken.refused.map(({ fault }) => exitCodeOf(fault.code))]);
    },
    { signal: io.signal, ...(given === null ? {} : { password: given }) },
  );
}
