import type { Command } from 'commander';
import { thumbprintText } from '../../certificates/index.ts';
import { checkName } from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import {
  anyRunningInstance,
  parseAddress,
  readInstances,
  readOverview,
  recordServer,
  runningInstance,
  type NewServer,
  type ServerPatch,
  type ServerRecord,
} from '../../mailstore/index.ts';
import { jsonText } from '../../visible-text.ts';
import { flag, textOption } from '../global-options.ts';
import { askYes } from '../narrator.ts';
import { optionText, optionValue, refuseBeside } from '../option-value.ts';
import { printJson } from '../output.ts';
import { givenPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import { instanceDocument, instanceText, overviewDocument, overviewText, serverDocument, serverLine } from '../server-text.ts';
import { requireConsentToWrite, withServices, type Session } from '../session.ts';
import { table } from '../table.ts';

type Options = Readonly<Record<string, unknown>>;

const actions = ['add', 'set', 'list', 'show', 'test', 'remove'] as const;
type Action = (typeof actions)[number];

/** Which options say something beside which action, by the parser's names. */
const optionsOf: Readonly<Record<Action, readonly string[]>> = {
  add: ['address', 'user', 'pin', 'askPassword', 'passwordFile', 'passwordStdin'],
  set: ['address', 'user', 'pin', 'newName', 'askPassword', 'passwordFile', 'passwordStdin'],
  list: [],
  show: ['instance', 'passwordFile', 'passwordStdin'],
  test: ['instance', 'save', 'force', 'passwordFile', 'passwordStdin'],
  remove: [],
};

const spelling: Readonly<Record<string, string>> = {
  address: '--address',
  user: '--user',
  pin: '--pin',
  newName: '--new-name',
  askPassword: '--ask-password',
  instance: '--instance',
  save: '--save',
  force: '--force',
  passwordFile: '--password-file',
  passwordStdin: '--password-stdin',
};

interface Work {
  readonly session: Session;
  readonly options: Options;
  readonly context: VerbContext;
  /** Of the server; empty with `list`. */
  readonly name: string;
}

function required(options: Options, name: string, option: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new Fault('input.option.missing', { params: { option } });
  return value;
}

/** A SHA-256, as people paste it. @throws Fault input.option.value-invalid */
function pinOption(options: Options): string | undefined {
  const typed = textOption(options, 'pin');
  if (typed === undefined) return undefined;
  const invalid = new Fault('input.option.value-invalid', { params: { option: '--pin', value: typed, allowed: 'SHA-256' } });
  try {
    const pin = thumbprintText(typed);
    if (pin.length === 64) return pin;
  } catch {
    throw invalid;
  }
  throw invalid;
}

/** The password that was given; asked for where somebody is there. @throws Fault input.option.missing */
async function passwordFor(user: string, options: Options, { io, texts }: VerbContext): Promise<string> {
  const given = await givenPassword(options, io);
  if (given !== null) return given;
  if (!io.interactive) throw new Fault('input.option.missing', { params: { option: '--password-file' } });
  return io.askHidden(texts.t('asked-server.ask-password', { user }));
}

/**
 * Does it, and where the server shows a certificate that nobody confirmed, shows it to whoever sits there and asks.
 *
 * @throws Fault server.certificate-untrusted, server.certificate-changed where nobody is there; input.declined
 */
async function confirmingCertificate<T>(
  pin: string | null | undefined,
  { io, texts }: VerbContext,
  work: (pin: string | null | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await work(pin);
  } catch (error) {
    const shown = error instanceof Fault && (error.code === 'server.certificate-untrusted' || error.code === 'server.certificate-changed');
    if (!shown || !io.interactive || typeof pin === 'string') throw error;
    io.err(`${texts.faultText(error).message}\n`);
    if (!(await askYes(texts.t('asked-server.ask-certificate'), io, texts))) throw new Fault('input.declined', { cause: error });
    return work(String(error.params['sha256']));
  }
}

function printServer(record: ServerRecord, { session, context }: Work): void {
  if (session.globals.json) printJson({ server: serverDocument(record) }, context);
  else context.io.out(table([serverLine(record, context.texts)]));
}

async function add(work: Work): Promise<void> {
  const { session, options, context, name } = work;
  const checked = checkName(name);
  if (!checked.ok) throw checked.fault;
  const user = required(options, 'user', '--user');
  const address = parseAddress(required(options, 'address', '--address'));
  const pin = pinOption(options) ?? null;
  const password = await passwordFor(user, options, context);
  const server = (confirmed: string | null): NewServer => ({
    name: checked.value,
    address,
    user,
    password,
    pin: confirmed,
    keepPassword: !flag(options, 'askPassword'),
  });
  const record = await confirmingCertificate(pin, context, (confirmed) =>
    session.services.servers.add(server(confirmed ?? null), context.io.signal),
  );
  printServer(record, work);
}

async function set(work: Work): Promise<void> {
  const { session, options, context, name } = work;
  const before = session.services.servers.find(name);
  const newName = textOption(options, 'newName');
  const checked = newName === undefined ? null : checkName(newName);
  if (checked !== null && !checked.ok) throw checked.fault;
  const address = textOption(options, 'address');
  const user = textOption(options, 'user');
  const pin = pinOption(options);
  const given = await givenPassword(options, context.io);
  const asks = flag(options, 'askPassword');
  if (!asks && [checked, address, user, pin, given].every((each) => each === undefined || each === null))
    throw new Fault('input.option.missing', {
      params: { option: '--new-name, --address, --user, --pin, --password-file, --ask-password' },
    });
  const patch = (confirmed: string | null | undefined): ServerPatch => ({
    ...(checked === null ? {} : { name: checked.value }),
    ...(address === undefined ? {} : { address: parseAddress(address) }),
    ...(user === undefined ? {} : { user }),
    // A password that is given again is kept again, unless it is said anew that it is asked for.
    ...(given === null ? {} : { password: given, keepPassword: !asks }),
    ...(asks ? { keepPassword: false } : {}),
    ...(confirmed === undefined ? {} : { pin: confirmed }),
  });
  const record = await confirmingCertificate(pin, context, (confirmed) =>
    session.services.servers.set(before.id, patch(confirmed), context.io.signal),
  );
  printServer(record, work);
}

function list({ session, context }: Work): void {
  const { io, texts } = context;
  const servers = session.services.servers.list();
  if (session.globals.json)
    printJson({ servers: servers.map((each) => ({ ...serverDocument(each), user: each.user, lastContact: each.lastContact })) }, context);
  else if (servers.length === 0) io.out(`${texts.t('asked-server.list.empty')}\n`);
  else io.out(table(servers.map((record) => serverLine(record, texts))));
}

/** What was given for this time. */
async function asking({ options, context }: Work) {
  const given = await givenPassword(options, context.io);
  return { signal: context.io.signal, ...(given === null ? {} : { password: given }) };
}

async function show(work: Work): Promise<void> {
  const { session, options, context, name } = work;
  const { io, texts } = context;
  const { json } = session.globals;
  const instance = textOption(options, 'instance') ?? null;
  const own = session.services.engine.store.list();
  await session.services.servers.ask(
    name,
    async (connection, record) => {
      const server = serverDocument(record);
      if (connection.kind === 'spe' && instance === null) {
        const instances = await readInstances(connection, record.name);
        if (json) printJson({ server, instances: instances.map((each) => instanceDocument(each, own, texts)) }, context);
        else io.out(`${table([serverLine(record, texts)])}\n${instances.map((each) => instanceText(each, texts)).join('\n')}`);
        return;
      }
      const meant = await runningInstance(connection, record.name, instance);
      const overview = await readOverview(connection, meant);
      if (json) printJson({ server, ...overviewDocument(overview, own) }, context);
      else io.out(`${table([serverLine(record, texts)])}\n${overviewText(overview, texts)}`);
    },
    await asking(work),
  );
}

/** Connects, and says what the server is; with `--save` also what a file for us is made of. */
async function test(work: Work): Promise<void> {
  const { session, options, context, name } = work;
  const { io, texts } = context;
  const file = textOption(options, 'save');
  await session.services.servers.ask(
    name,
    async (connection, record) => {
      const given = textOption(options, 'instance') ?? null;
      const instance = given === null ? await anyRunningInstance(connection) : await runningInstance(connection, record.name, given);
      const recording = file === undefined ? null : await recordServer(connection, instance, session.services.engine.clock.now());
      if (file !== undefined) await writeNewFile(file, Buffer.from(`${jsonText(recording, 2)}\n`), { force: flag(options, 'force') });
      const functions = [...connection.listed.keys()];
      if (session.globals.json) printJson({ server: serverDocument(record), functions, saved: file ?? null }, context);
      else io.out(`${table([serverLine(record, texts)])}${file === undefined ? '' : `${texts.t('asked-server.saved', { file })}\n`}`);
    },
    await asking(work),
  );
}

async function remove({ session, context, name }: Work): Promise<void> {
  const { io, texts } = context;
  const { servers } = session.services;
  const record = servers.find(name);
  if (!session.globals.yes && !(await askYes(texts.t('asked-server.ask-remove', { name: record.name }), io, texts)))
    throw new Fault('input.declined');
  await servers.remove(record.id);
  if (session.globals.json) printJson({ removed: record.name }, context);
  else io.out(`${texts.t('asked-server.removed', { name: record.name })}\n`);
}

const acts: Readonly<Record<Action, (work: Work) => Promise<void> | void>> = { add, set, list, show, test, remove };

/** @throws Fault input.option.value-invalid, input.argument.*, input.option.conflict */
function actionOf(typed: string, name: string | undefined, options: Options): Action {
  const action = actions.find((each) => each === typed);
  if (action === undefined)
    throw new Fault('input.option.value-invalid', { params: { option: 'server', value: typed, allowed: actions.join(', ') } });
  if (action === 'list' && name !== undefined) throw new Fault('input.argument.excess');
  if (action !== 'list' && name === undefined) throw new Fault('input.argument.missing', { params: { argument: 'NAME' } });
  const stray = Object.fromEntries(Object.entries(spelling).filter(([option]) => !optionsOf[action].includes(option)));
  refuseBeside(`server ${action}`, stray, options);
  return action;
}

export function addServer(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('server')
    .description(t('cli.verb.server'))
    .argument('<action>', t('cli.argument.server-action', { actions: actions.join(' | ') }))
    .argument('[name]', t('cli.argument.server-name'))
    .option('--address <url>', t('cli.option.server.address'), optionText('--address'))
    .option('--user <name>', t('cli.option.server.user'), optionText('--user'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--ask-password', t('cli.option.server.ask-password'))
    .option('--pin <sha256>', t('cli.option.server.pin'), optionText('--pin'))
    .option('--new-name <name>', t('cli.option.server.new-name'), optionText('--new-name'))
    .option('--instance <id>', t('cli.option.server.instance'), optionValue('--instance'))
    .option('--save <file>', t('cli.option.server.save'), optionValue('--save'))
    .option('--force', t('cli.option.force'))
    .action(async (typed: string, name: string | undefined, options: Options, command: Command) => {
      const action = actionOf(typed, name, options);
      if (action === 'remove') requireConsentToWrite(command, context);
      await withServices(command, context, async (session) => acts[action]({ session, options, context, name: name ?? '' }));
    });
}
