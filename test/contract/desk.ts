import { onTestFinished } from 'vitest';
import {
  settings as settingsSchema,
  type Channel,
  type EventName,
  type Input,
  type Outcome,
  type Output,
  type Settings,
  type SetupEvent,
} from '../../preload/contract.ts';
import { Fault } from '../../main/faults.ts';
import { createKnownTexts } from '../../main/shell/known-texts.ts';
import { createHandlers, type RequestContext } from '../../main/shell/requests/index.ts';
import { checkedEmit, createRouter } from '../../main/shell/router.ts';
import type { Updates } from '../../main/shell/updates/updates.ts';
import { createTexts } from '../../main/texts/index.ts';
import type { ManagedPolicies } from '../../main/policies/index.ts';
import { followAuthorize, practiceFetch } from '../../main/practice/index.ts';
import { harness, type Harness } from '../practice/engine/harness.ts';

export interface Desk {
  readonly here: Harness;
  readonly emitted: [EventName, unknown][];
  readonly copied: string[];
  /** What is on the clipboard now. */
  readonly clipboard: () => string;
  /** What was told in dialogs of the system. */
  readonly told: { readonly message: string; readonly detail: string }[];
  /** Answers to the next questions by a dialog of the system; without one it is declined. */
  readonly answers: boolean[];
  /** Backups that were to take the place of the list. */
  readonly restored: string[];
  readonly opened: string[];
  /** Questions in dialogs of the system. */
  readonly asked: { readonly message: string; readonly detail: string }[];
  /** Answers of the next file dialogs. */
  readonly paths: (string | null)[];
  /** Where browsers download to from now on; null where the system does not say. */
  readonly downloadTo: (folder: string | null) => void;
  /** As if the window were closed, or practice entered or left. */
  readonly leave: () => void;
  /** Thumbprint of the current certificate of a credential. */
  readonly current: (id: string) => string;
  readonly request: <C extends Channel>(channel: C, input: Input<C>) => Promise<Outcome<Output<C>>>;
  readonly raw: (channel: unknown, input: unknown, trusted?: boolean) => Promise<Outcome<unknown>>;
  /** Hears every event until the test ends. */
  readonly listen: (listener: (event: EventName, value: unknown) => void) => void;
  /** Runs a set-up to its end, saying yes to its preview. */
  readonly setUp: (input: Input<'setup:begin'>, decision?: { apply: boolean; accepted: string[] }) => Promise<SetupEvent[]>;
}

const settings: Settings = {
  language: 'en',
  theme: 'system',
  server: 'mailstore-server',
  fqdn: '',
  port: '8462',
  profile: 'mailstore-guide',
  keySize: '2048',
  lifetime: '15',
  cloud: 'global',
  updates: 'system',
  signInClientId: '',
  custody: 'ask',
};

/** Run from the sources. */
const noUpdates: Updates = {
  state: () => ({ kind: 'off', reason: 'development' }),
  check: () => Promise.resolve({ kind: 'off', reason: 'development' }),
  look: () => Promise.resolve(),
  download: () => Promise.resolve({ kind: 'off', reason: 'development' }),
  install: () => Promise.resolve({ kind: 'off', reason: 'development' }),
};

/** What the desk is set up with. */
export interface DeskOptions {
  readonly openBrowser?: (address: string) => Promise<void>;
  readonly managed?: ManagedPolicies;
  readonly updates?: Updates;
  /** What the person says to questions of the system. */
  readonly confirms?: boolean;
  readonly practice?: boolean;
  readonly computer?: RequestContext['computer'];
}

/** The main process's half of the window, without Electron: real services on a practice tenant, a desktop that records. */
export async function desk({
  openBrowser,
  managed = { policies: {}, sources: [], unknown: [] },
  updates = noUpdates,
  confirms = false,
  practice = true,
  computer = {
    env: {},
    platform: 'linux',
    runProgram: () => Promise.reject(new Error('no program is started here')),
    self: ['keyring'],
    dataDir: null,
  },
}: DeskOptions = {}): Promise<Desk> {
  const here = await harness();
  const emitted: [EventName, unknown][] = [];
  const listeners = new Set<(event: EventName, value: unknown) => void>();
  const copied: string[] = [];
  const told: { readonly message: string; readonly detail: string }[] = [];
  let clipboard = '';
  const copy = (text: string) => {
    clipboard = text;
    return Promise.resolve(void copied.push(text));
  };
  const answers: boolean[] = [];
  const restored: string[] = [];
  const opened: string[] = [];
  const asked: { readonly message: string; readonly detail: string }[] = [];
  const known = createKnownTexts(() => 'en');
  const paths: (string | null)[] = [];
  let current = settings;
  let downloads: string | null = null;
  const leave = new Set<() => void>();
  onTestFinished(() => leave.forEach((listener) => listener()));
  const texts = createTexts('en', 'window');
  const services = {
    ...here.services,
    texts,
    engine: { ...here.services.engine, texts, policies: managed.policies },
    openBrowser:
      openBrowser ?? ((address: string) => followAuthorize(address, { account: null, fetch: practiceFetch(here.server.origin) })),
  };
  const handlers = createHandlers({
    services: () => services,
    managed,
    updates,
    computer,
    desktop: {
      saveFile: () => Promise.resolve(paths.shift() ?? null),
      openFile: () => Promise.resolve(paths.shift() ?? null),
      downloadsFolder: () => {
        if (downloads === null) throw new Fault('downloads.folder-unknown');
        return downloads;
      },
      copy,
      copySecret: copy,
      clearCopied: (text) => {
        if (clipboard === text) clipboard = '';
        return Promise.resolve();
      },
      tell: ({ message, detail }) => Promise.resolve(void told.push({ message, detail })),
      ask: ({ message, detail }) => {
        told.push({ message, detail });
        asked.push({ message, detail });
        return Promise.resolve(answers.shift() ?? confirms);
      },
      openPage: (address) => Promise.resolve(void opened.push(address)),
      openSignIn: (address) => Promise.resolve(void opened.push(address)),
      notify: () => undefined,
    },
    known,
    emit: checkedEmit((event, value) => {
      known.note(value);
      // What crosses to the window is JSON: anything else would change on the way.
      emitted.push([event, JSON.parse(JSON.stringify(value))]);
      for (const listener of listeners) listener(event, value);
    }),
    onLeave: (listener) => void leave.add(listener),
    settings: {
      read: () => current,
      write: (change) => {
        current = settingsSchema.parse({ ...current, ...change });
        return Promise.resolve();
      },
    },
    app: {
      facts: () => ({ version: '0.0.0', practice, dark: false }),
      practise: () => Promise.resolve(),
      leavePractice: () => Promise.resolve(),
      restoreStore: (name) => Promise.resolve(void restored.push(name)),
    },
  });
  const router = createRouter({ handlers, texts: () => texts, log: () => here.services.log, sent: known.note });
  const raw: Desk['raw'] = (channel, input, trusted = true) => router.handle({ trusted }, channel, input);
  const request: Desk['request'] = async (channel, input) => (await raw(channel, input)) as never;
  return {
    here,
    emitted,
    copied,
    clipboard: () => clipboard,
    told,
    answers,
    restored,
    opened,
    asked,
    paths,
    downloadTo: (folder) => {
      downloads = folder;
    },
    leave: () => leave.forEach((listener) => listener()),
    raw,
    current: (id) => here.services.engine.store.get(id)?.certificate?.thumbprint ?? '',
    request,
    listen: (listener) => void listeners.add(listener),
    setUp: async (input, decision = { apply: true, accepted: [] }) => {
      const seen: SetupEvent[] = [];
      const ended = Promise.withResolvers<void>();
      const listener = (event: EventName, value: unknown) => {
        if (event !== 'run:event') return;
        const { run, event: step } = value as { run: string; event: SetupEvent };
        // Whoever set it up has nothing more to do: the session ends.
        if (step.kind === 'stays') void request('setup:leave', { run });
        else seen.push(step);
        if (step.kind === 'preview') void request('run:decide', { run, hash: step.hash, ...decision });
        if (step.kind === 'ended' || step.kind === 'failed') ended.resolve();
      };
      listeners.add(listener);
      const begun = await request('setup:begin', input);
      if (!begun.ok) throw new Error(begun.fault.message);
      await ended.promise;
      listeners.delete(listener);
      return seen;
    },
  };
}

export const draft: Input<'setup:begin'>['draft'] = {
  id: null,
  name: 'Contoso archive',
  clientId: '',
  tenant: '',
  custody: 'keyring',
  fqdn: 'mailstore.example.com',
  port: '8462',
  userSignIn: true,
  server: 'mailstore-server',
  instance: '',
  profile: 'mailstore-guide',
  cloud: 'global',
};

/** Everything a run says, with this answer to its plan. */
export async function follow(
  here: Desk,
  begin: () => Promise<Outcome<{ run: string }>>,
  apply = true,
  onEvent: (step: SetupEvent, run: string) => void = () => undefined,
): Promise<SetupEvent[]> {
  const seen: SetupEvent[] = [];
  let ended = false;
  const over = Promise.withResolvers<void>();
  here.listen((event, value) => {
    if (event !== 'run:event' || ended) return;
    const { run, event: step } = value as { run: string; event: SetupEvent };
    seen.push(step);
    onEvent(step, run);
    if (step.kind === 'preview') void here.request('run:decide', { run, apply, hash: step.hash, accepted: [] });
    ended = step.kind === 'ended' || step.kind === 'failed';
    if (ended) over.resolve();
  });
  const begun = await begin();
  if (!begun.ok) throw new Error(begun.fault.code);
  await over.promise;
  return seen;
}
