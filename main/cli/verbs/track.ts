import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  validate,
  problemOf,
  readCandidates,
  refusedText,
  tenantsOf,
  track,
  type Candidate,
  type CandidateFile,
  type Validated,
} from '../../credential/track/index.ts';
import { annotationNames, credentialView, eachAnnotation, noAnnotations } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { readPolicies } from '../../policies/index.ts';
import { defaultProfile } from '../../registration/server-choice.ts';
import type { ProfileReference, ServerReference } from '../../servers/index.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { flag, globalOptions, textOption } from '../global-options.ts';
import { optionConflict, optionText, optionValue } from '../option-value.ts';
import { faultDocument, printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText } from '../report-text.ts';
import { hasKept, withServices, type Session } from '../session.ts';
import { trackServer } from './track-server.ts';
import { profileOption, serverOption, serverReference, withServerOptions } from '../server-options.ts';
import { annotationOptions, withTextOptions } from '../text-options.ts';

type Options = Readonly<Record<string, unknown>>;

/** Which software it is, and what it may do. */
const software = ['server', 'instance', 'profile', 'permission'] as const;

/** The options of each way; exactly one of the four is chosen by its first. */
const ways = {
  csv: ['csv', 'badLines', 'force', ...software],
  list: ['list', 'badLines', 'force'],
  name: ['name', 'clientId', 'cer', ...software, ...annotationNames],
  mailstore: ['mailstore', 'allInstances', 'instance', 'passwordFile', 'passwordStdin'],
} as const;
const spelled = {
  csv: '--csv',
  list: '--list',
  name: '--name',
  clientId: '--client-id',
  cer: '--cer',
  mailstore: '--mailstore',
  allInstances: '--all-instances',
  passwordFile: '--password-file',
  passwordStdin: '--password-stdin',
  badLines: '--bad-lines',
  force: '--force',
  server: '--server',
  instance: '--instance',
  profile: '--profile',
  permission: '--permission',
  ...eachAnnotation((name) => `--${name}`),
} as const;
const names = ['csv', 'list', 'name', 'mailstore'] as const;
type Way = (typeof names)[number];

/** @throws Fault input.option.missing, input.option.conflict */
function wayOf(options: Options, command: Command): Way {
  const [way, other] = names.filter((name) => options[name] !== undefined);
  if (way === undefined) throw new Fault('input.option.missing', { params: { option: '--csv, --list, --name, --mailstore' } });
  const conflict = (stray: string) => optionConflict(spelled[way], stray);
  if (other !== undefined) throw conflict(spelled[other]);
  const own: readonly string[] = ways[way];
  for (const [name, option] of Object.entries(spelled)) if (options[name] !== undefined && !own.includes(name)) throw conflict(option);
  // Every line of a file names its own tenant.
  if (way !== 'name' && globalOptions(command).tenant !== undefined) throw conflict('--tenant');
  return way;
}

function typed(options: Options, command: Command, { profile, server }: Software): Candidate {
  const { cloud, tenant = '' } = globalOptions(command);
  const cer = textOption(options, 'cer');
  return {
    place: 1,
    typed: {
      name: textOption(options, 'name') ?? '',
      ...noAnnotations,
      ...annotationOptions(options, annotationNames),
      tenant,
      clientId: textOption(options, 'clientId') ?? '',
      certificate: cer === undefined ? null : resolve(cer),
      cloud,
      profile,
      tenantName: '',
      tenantDomain: '',
      redirectUri: null,
      server,
    },
  };
}

/** One credential: it is added, or its fault is the run's. */
function printOne([validated]: readonly Validated[], session: Session, context: VerbContext): void {
  const [objection] = validated?.objections ?? [];
  if (objection !== undefined) throw objection.fault;
  if (!validated?.record) return;
  if (session.globals.json) printJson({ credential: credentialView(validated.record) }, context);
  else context.io.out(`${context.texts.t('track.added', { count: 1, name: validated.record.name })}\n`);
}

/** One result for each line, as `verify --all` has one for each credential. @returns the exit code of the worst */
function printMany(validated: readonly Validated[], { globals }: Session, context: VerbContext): ExitCode {
  const { io, texts } = context;
  const { t } = texts;
  const results = validated.map(({ place, name, record, objections: [objection] }) => {
    if (record !== null) return { line: place, credential: credentialView(record) };
    return { line: place, name, ...(objection === undefined ? {} : faultDocument(objection.fault, texts)) };
  });
  if (globals.json) printJson({ results }, context);
  else {
    for (const each of validated) {
      const { place, name, record } = each;
      const said =
        record === null
          ? (problemOf(each, texts)?.sentence ?? '')
          : `${nameText(credentialView(record), texts, globals.practice !== null)}: ${t('track.line-added')}`;
      io.out(`${t('track.line', { place })}: ${record === null && name !== '' ? `${name}: ` : ''}${said}\n`);
    }
    const added = validated.filter((each) => each.record !== null);
    io.out(`${t('track.added', { count: added.length, name: added[0]?.name ?? '' })}\n`);
  }
  const refused = validated.filter((each) => each.record === null);
  if (refused.length > 0) io.err(`${t('track.refused', { count: refused.length })}\n`);
  return worst(refused.map(({ objections: [objection] }) => (objection === undefined ? exitCodes.done : exitCodeOf(objection.fault.code))));
}

async function writeRefused(
  file: CandidateFile,
  validated: readonly Validated[],
  options: Options,
  { io, texts }: VerbContext,
): Promise<void> {
  const given = textOption(options, 'badLines');
  if (given === undefined || validated.every((each) => each.record !== null)) return;
  const path = resolve(given);
  await writeNewFile(path, Buffer.from(refusedText(file, validated, texts)), { force: flag(options, 'force') });
  io.err(`${texts.t('track.refused-written', { path })}\n`);
}

interface Software {
  readonly profile: ProfileReference;
  readonly server: ServerReference;
}

/**
 * What was named of the software, else what this computer's policies and its description say. A file may name the instance in its
 * lines.
 *
 * @throws Fault input.profile.*, input.server.*, input.instance.*, policy.*
 */
async function softwareOf(options: Options, way: Way, command: Command, context: VerbContext): Promise<Software> {
  const { io } = context;
  const { policies } = await readPolicies({ env: io.env, platform: io.platform, run: io.runProgram });
  const server = serverOption(options, policies);
  const instance = textOption(options, 'instance');
  // Which instance it is may be unknown, or stand in the lines of the file.
  const reference = instance === undefined ? { id: server.id, instance: null } : serverReference(server, options);
  const profile =
    (await profileOption(options, way === 'name' && hasKept(command, context) ? 'later' : 'none')) ?? defaultProfile(server, policies);
  return { server: reference, profile };
}

export function addTrack(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program
    .command('track')
    .description(t('cli.verb.track'))
    .option('--csv <file>', t('cli.option.track.csv'), optionValue('--csv'))
    .option('--list <file>', t('cli.option.track.list'), optionValue('--list'))
    .option('--name <name>', t('cli.option.name'), optionText('--name'))
    .option('--client-id <guid>', t('cli.option.track.client-id'), optionValue('--client-id'))
    .option('--cer <file>', t('cli.option.track.cer'), optionValue('--cer'))
    .option('--mailstore <name>', t('cli.option.track.held-by'), optionText('--mailstore'))
    .option('--all-instances', t('cli.option.track.all-instances'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--bad-lines <file>', t('cli.option.track.bad-lines'), optionValue('--bad-lines'))
    .option('--force', t('cli.option.force'));
  withServerOptions(command, context.texts);
  withTextOptions(command, annotationNames, context.texts).action(async (options: Options) => {
    const way = wayOf(options, command);
    if (way === 'mailstore') {
      await withServices(command, context, async (session) => context.end(await trackServer(session, options, context)));
      return;
    }
    const { cloud, practice } = globalOptions(command);
    const given = await softwareOf(options, way, command, context);
    // What cannot be read is refused before anything is opened here.
    const file =
      way === 'name' ? null : await readCandidates(textOption(options, way) ?? '', way, { cloud, ...given, practice: practice !== null });
    await withServices(command, context, async (session) => {
      const { engine } = session.services;
      const { signal } = context.io;
      const tenantOf = tenantsOf(engine, signal);
      if (file === null) {
        const kept = await profileOption(options, engine.profiles);
        const one = typed(options, command, kept === null ? given : { ...given, profile: kept });
        printOne(await track(engine, [one], tenantOf, signal), session, context);
        return;
      }
      // First the file with what is refused: where it cannot be written, nothing is stored either. Where it is, Ctrl+C comes too late.
      await writeRefused(file, await validate(engine, file.candidates, tenantOf, signal), options, context);
      context.end(printMany(await track(engine, file.candidates, tenantOf), session, context));
    });
  });
}
