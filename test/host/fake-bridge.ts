import { randomUUID } from 'node:crypto';
import {
  events,
  requests,
  settings as settingsSchema,
  type AppFacts,
  type Channel,
  type CredentialRow,
  type EventName,
  type EventValue,
  type FaultView,
  type Input,
  type Output,
} from '../../preload/contract.ts';
import { fileLines, history, offeredPermissions, reportOf, rows, untestedReportOf, settings as someSettings, today } from './fixtures.ts';
import { askedServerAnswers } from './asked-server-answers.ts';
import { ewsAnswers } from './ews-answers.ts';
import { verificationAnswers } from './verification-answers.ts';
import { serverViewsIn } from './server-views.ts';

/** Answers of a main process that is not there. Every request and every answer is checked against the contract. */
export type FakeAnswers = { [C in Channel]: (input: Input<C>) => Output<C> | Promise<Output<C>> };

/** Thrown by an answer: becomes the fault of the outcome. */
export class FakeFault extends Error {
  readonly view: FaultView;
  constructor(code: string, message = 'It did not work.', fix = 'Try it once more.', retryable = true) {
    super(message);
    this.view = { code, message, fix, retryable, correlationId: '7f4c1f0e-0000-4000-8000-000000000001' };
  }
}

export interface FakeMain {
  readonly facts: AppFacts;
  list: CredentialRow[];
  /** What list and keychain do not agree on. */
  keys: NonNullable<Output<'keys:compare'>>;
  damaged: Output<'damaged:list'>;
  /** Credentials of which nothing can be tested from here. */
  readonly untested: Set<string>;
  backups: Output<'backups:list'>;
  /** Servers that are asked through their management interfaces. */
  askedServers: Output<'server:list'>['servers'];
  /** Changes at Microsoft that touch the list. */
  changes: Output<'changes:read'>;
  /** What is known of EWS. */
  ews: Output<'ews:read'>;
  readonly calls: { readonly channel: Channel; readonly input: unknown }[];
  handle(channel: string, input: unknown): Promise<unknown>;
  /** From now on this is answered. */
  answer<C extends Channel>(channel: C, answer: FakeAnswers[C]): void;
  emit<E extends EventName>(event: E, value: EventValue<E>): Promise<void>;
  /** Set by whoever shows the page. */
  send: (event: string, value: unknown) => Promise<void>;
}

export interface FakeOptions {
  readonly rows?: number;
  readonly facts?: Partial<AppFacts>;
  readonly answers?: Partial<FakeAnswers>;
}

/** The run that every sign-in of the fake is. */
export const someRun = '11111111-1111-4111-8111-111111111111';

/** The watch of the Downloads folder that every watch of the fake is. */
export const someWatch = '22222222-2222-4222-8222-222222222222';

const someDay = '2026-11-20T09:00:00.000Z';

const someFacts: AppFacts = {
  version: '0.1.0',
  language: 'en',
  practice: false,
  adminCenters: ['global', 'gcch', 'dod', 'china'],
  dataDirectory: 'C:\\Users\\admin\\AppData\\Local\\Tenant Keyring',
  dark: false,
  annotations: [
    { field: 'customer', label: 'Customer', lines: 'one', column: true, search: true },
    { field: 'notes', label: 'Notes', lines: 'several', column: false, search: true },
  ],
  servers: serverViewsIn('en'),
  profiles: [
    {
      id: 'mailstore-guide',
      name: 'MailStore Server, as in the guide',
      description: 'Users from the directory, mail through EWS, sign-in of the users with Microsoft 365.',
      notices: [],
      own: false,
      permissions: ['graph/Directory.Read.All', 'exchange/full_access_as_app'],
      instead: { id: 'mailstore-graph', short: 'Microsoft Graph', needs: 'Needs a current MailStore (26 or later).' },
    },
    {
      id: 'mailstore-graph',
      name: 'MailStore Server through Microsoft Graph',
      description: 'Users and mail through Microsoft Graph, without EWS.',
      notices: [],
      own: false,
      permissions: ['graph/Directory.Read.All', 'graph/Mail.ReadWrite'],
    },
  ],
};

function standardAnswers(main: FakeMain): FakeAnswers {
  let stored = someSettings;
  const find = (id: string) => {
    const found = main.list.find((each) => each.id === id);
    if (found === undefined) throw new FakeFault('input.credential.unknown');
    return found;
  };
  const change = (id: string, to: Partial<CredentialRow>) => {
    main.list = main.list.map((each) => (each.id === id ? { ...each, ...to } : each));
    void main.emit('store:changed', null);
    return find(id);
  };
  const unused = (): never => {
    throw new FakeFault('unexpected', 'No answer was given to the fake for this.');
  };
  return {
    ...askedServerAnswers(main, change),
    ...ewsAnswers(main),
    'changes:read': () => main.changes,
    'changes:dismiss': ({ id }) => {
      main.changes = main.changes.filter((each) => each.id !== id);
      return null;
    },
    'ews:sign-in': () => ({ run: someRun }),
    'app:read': () => main.facts,
    'app:practise': () => null,
    'app:leave-practice': () => null,
    'settings:read': () => stored,
    'updates:read': () => ({ kind: 'off', reason: 'development' }),
    'updates:check': () => ({ kind: 'off', reason: 'development' }),
    'updates:download': () => ({ kind: 'off', reason: 'development' }),
    'updates:install': () => null,
    'profiles:list': () => main.facts.profiles,
    'profiles:remove': () => null,
    'permissions:find': () => offeredPermissions,
    'permissions:cancel': () => null,
    'policies:read': () => ({ managed: [], unknown: [] }),
    'damaged:list': () => main.damaged,
    'damaged:take-out': unused,
    'backups:list': () => main.backups,
    'backups:restore': unused,
    'settings:write': (some) => {
      stored = settingsSchema.parse({ ...stored, ...some });
      return null;
    },
    'credentials:list': ({ deleted }) => main.list.filter((each) => deleted === (each.deletedAt !== null)),
    'credential:read': ({ id }) => ({ report: reportOf(find(id)), history: history([find(id).name]) }),
    'credential:verify': ({ id }) =>
      main.untested.has(id) ? untestedReportOf(find(id)) : reportOf(change(id, { provenAt: today.toISOString() })),
    'verification:begin': () => ({ run: someRun }),
    ...verificationAnswers(main),
    'credential:remove': ({ id }) => {
      change(id, { deletedAt: today.toISOString() });
      return null;
    },
    'credential:restore': ({ id }) => reportOf(change(id, { deletedAt: null })),
    'credential:annotate': ({ id, customer }) => change(id, { customer }),
    'removal:begin': () => ({ run: someRun }),
    'restoration:begin': () => ({ run: someRun }),
    'draft:check': () => ({ faults: {}, warnings: {}, redirectUri: null }),
    'credential:save': unused,
    'setup:begin': unused,
    'run:decide': () => null,
    'run:cancel': () => null,
    'run:copy-address': () => null,
    'setup:publish': () => null,
    'setup:leave': () => null,
    'sheet:open': () => null,
    'sheet:mark': ({ id, step, done }) => {
      const { [step]: _before, ...others } = find(id).sheet;
      return change(id, { sheet: done ? { ...others, [step]: { by: 'person', at: today.toISOString() } } : others });
    },
    'run:use-code': () => null,
    'watch:read': () => ({ ranAt: null, overdue: false }),
    'credential:save-page': () => ({ path: 'C:\\Temp\\Contoso archive.html' }),
    'activity:save-page': () => ({ path: 'C:\\Temp\\Activity.html' }),
    'portal:copy-consent': () => null,
    'daily-watch:read': () => ({ place: 'ready', account: 'CONTOSO\\anna', registered: false }),
    'daily-watch:install': () => ({ name: 'Tenant Keyring expiry watch (anna)', account: 'CONTOSO\\anna' }),
    'daily-watch:cancel': () => null,
    'daily-watch:remove': () => ({ name: 'Tenant Keyring expiry watch (anna)' }),
    'watch:save-calendar': () => ({ path: 'C:\\Temp\\Certificates.ics', events: main.list.length }),
    'keys:compare': () => main.keys,
    'keys:forget': ({ keys }) => {
      const gone = new Set(keys.map(({ thumbprint }) => thumbprint));
      main.keys = { ...main.keys, unneeded: main.keys.unneeded.filter(({ thumbprint }) => !gone.has(thumbprint)) };
      return { forgotten: keys.length, kept: 0 };
    },
    'diagnostics:read': () => ({ text: 'Tenant Keyring diagnostics\n\nProgram\n  version: 0.1.0\n' }),
    'diagnostics:save': () => ({ path: 'C:\\Temp\\diagnostics.txt' }),
    'certificate:choose': () => null,
    'certificate:read': unused,
    'certificate:choose-signed': () => null,
    'pfx:choose': () => ({ file: randomUUID(), name: 'server.pfx' }),
    'pfx:cancel': () => null,
    'pfx:read': () => {
      throw new FakeFault(
        'import.password-wrong',
        'The password does not open server.pfx.',
        'Type it again; capital and small letters differ.',
        false,
      );
    },
    'pem:choose': () => ({ file: randomUUID(), name: 'server.pem', key: null, needs: 'key' }),
    'pem:choose-key': ({ file }) => ({ file, name: 'server.pem', key: 'server.key', needs: 'password' }),
    'pem:read': () => {
      throw new FakeFault(
        'import.password-wrong',
        'The password does not open server.key.',
        'Type it again; capital and small letters differ.',
        false,
      );
    },
    'request:export': () => ({ path: 'C:\\Temp\\request.csr' }),
    'certificate:create': () => {
      const facts = rows(1)[0]?.certificate;
      if (!facts) throw new FakeFault('unexpected');
      return { certificate: randomUUID(), facts };
    },
    'certificate:export': ({ format, key, password }) => ({
      path: `C:\\Temp\\certificate.${format}`,
      ...(key === 'apart' ? { keyPath: 'C:\\Temp\\certificate.key' } : {}),
      importCommands:
        format === 'pfx'
          ? {
              powershell:
                "Import-PfxCertificate -FilePath 'C:\\Temp\\certificate.pfx' -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString)",
              certutil: 'certutil -importpfx My "C:\\Temp\\certificate.pfx" NoExport',
            }
          : null,
      generatedPassword: password === 'generated' ? randomUUID() : null,
    }),
    'generated-password:copy': () => ({ seconds: 90 }),
    'generated-password:show': () => null,
    'generated-password:forget': () => null,
    'downloads:watch': () => ({ watch: someWatch, folder: 'C:\\Users\\admin\\Downloads' }),
    'downloads:stop': () => null,
    'handover:confirm': ({ id }) =>
      change(id, { handover: { confirmedAt: today.toISOString(), by: 'admin', thumbprint: find(id).certificate?.thumbprint ?? '' } }),
    'handover:forget-key': ({ id }) =>
      change(id, {
        custody: 'external',
        handover: { confirmedAt: today.toISOString(), by: 'admin', thumbprint: find(id).certificate?.thumbprint ?? '' },
      }),
    'handover:used-here-only': ({ id }) => change(id, { usedHereOnly: true }),
    'rotation:begin': () => ({ run: someRun }),
    'rotation:certificate': () => null,
    'migration:offer': () => ({
      targets: [
        {
          id: 'mailstore-graph',
          name: 'MailStore Server through Microsoft Graph',
          description: 'Users and mail through Microsoft Graph, without EWS.',
          needs: 'Needs a current MailStore (26 or later). Which version was the first is not confirmed; install the newest one before.',
          unconfirmed: true,
          losses: [
            { loss: 'archive-mailboxes', count: 3, names: ['anna@contoso.com', 'board@contoso.com', 'sales@contoso.com'], readAt: someDay },
            { loss: 'public-folders', count: null, names: [], readAt: null },
          ],
        },
      ],
      tenantId: '0d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d10',
      lookedAt: someDay,
      steps: ['Update the server.', 'In MailStore Client, choose Microsoft Graph in each archiving profile.', 'Run one of them.'],
    }),
    'migration:begin': () => ({ run: someRun }),
    'migration:finish': () => ({ run: someRun }),
    'migration:back': () => ({ run: someRun }),
    'rotation:roll-back': ({ id }) => reportOf(find(id)),
    'activity:list': () => history(main.list.slice(0, 12).map((each) => each.name)),
    'track:check': ({ name }) => ({ faults: name === '' ? { name: { message: 'The name is empty.', fix: 'Give it one.' } } : {} }),
    'track:one': unused,
    'track:choose': () => ({ file: randomUUID(), name: 'tenants.csv', lines: fileLines }),
    'track:read': ({ name }) => ({ file: randomUUID(), name, lines: fileLines }),
    'track:add': unused,
    'track:cancel': () => null,
    'track:save-refused': () => null,
    'list:export': () => ({ path: 'C:\\Temp\\Tenant Keyring.json', count: main.list.length }),
    'list:copy': ({ ids }) => ({ count: ids.length }),
    'clipboard:copy': () => null,
    'portal:open': () => null,
  };
}

/** A main process that keeps its list in memory and does everything at once, for looking at the window alone. */
export function createFakeMain({ rows: count = 7, facts = {}, answers = {} }: FakeOptions): FakeMain {
  const main: FakeMain = {
    facts: { ...someFacts, servers: serverViewsIn(facts.language ?? someFacts.language), ...facts },
    list: rows(count),
    damaged: [],
    untested: new Set(),
    backups: [],
    askedServers: [],
    changes: [],
    ews: { daysLeft: 122, usage: null, looking: null, tenants: [] },
    keys: { unneeded: [], missing: [] },
    calls: [],
    send: () => Promise.resolve(),
    answer: (channel, answer) => void (all[channel] = answer),
    emit: (event, value) => main.send(event, events[event].parse(value)),
    handle: async (name, input) => {
      const channel = name as Channel;
      main.calls.push({ channel, input });
      const answer = all[channel] as (input: unknown) => unknown;
      try {
        return { ok: true, value: requests[channel].out.parse(await answer(requests[channel].in.parse(input))) };
      } catch (error) {
        if (!(error instanceof FakeFault)) console.error(`fake main: ${channel}:`, error);
        const fault =
          error instanceof FakeFault
            ? error.view
            : { code: 'unexpected', message: String(error), fix: 'Mend the test.', retryable: false, correlationId: randomUUID() };
        return { ok: false, fault };
      }
    },
  };
  const all: FakeAnswers = { ...standardAnswers(main), ...answers };
  return main;
}

/** What stands for the preload script. */
export const fakePreload = `{
  const listeners = new Map();
  window.keyring = {
    request: (channel, input) => window.fakeKeyringRequest(channel, input),
    subscribe: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  };
  window.fakeKeyringEvent = (event, value) => { for (const listener of listeners.get(event) ?? []) listener(value); };
}`;
