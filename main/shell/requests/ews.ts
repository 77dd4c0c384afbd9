import { parse } from 'node:path';
import type { Output } from '../../../preload/contract.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import {
  ewsDaysLeft,
  ewsOfAll,
  ewsOfTenant,
  ewsScriptFile,
  ewsTenants,
  exchangeStepFile,
  readEwsUsage,
  readExchangeResult,
  switchOfResult,
  withEwsUsage,
  type EwsOutcome,
  type EwsUsage,
  type ListedTenant,
} from '../../registration/index.ts';
import { faultView, type Handlers } from '../router.ts';
import { markedName, type RequestContext } from './context.ts';
import type { Runs } from './runs.ts';
import { silentRun } from './silent-run.ts';

type EwsChannel = `ews:${'read' | 'look' | 'stop' | 'sign-in' | 'add-usage' | 'save-script' | 'save-losses-script' | 'read-result'}`;
type TenantView = Output<'ews:read'>['tenants'][number];

const keyOf = ({ tenantId }: { readonly tenantId: string }): string => tenantId.toLowerCase();
const idOf = (outcome: EwsOutcome): string => keyOf('tenant' in outcome ? outcome.tenant : outcome);

/** A look at all tenants that is under way. */
interface Look {
  readonly controller: AbortController;
  /** Tenants that have not answered yet. */
  readonly waiting: Set<string>;
  readonly total: number;
}

/** What was seen since the program was started, of the data that are open. */
interface Seen {
  readonly outcomes: Map<string, { readonly outcome: EwsOutcome; readonly at: string }>;
  usage: { readonly name: string; readonly calls: EwsUsage } | null;
  look: Look | null;
}

const nothing = (): Seen => ({ outcomes: new Map(), usage: null, look: null });

/** What hangs on EWS in the tenants of the list; the command line's `ews` is the same. */
export function createEwsHandlers(context: RequestContext, runs: Runs): Pick<Handlers, EwsChannel> {
  const { desktop, services } = context;
  const engine = () => services().engine;
  const t = () => services().texts.t;
  let seen = nothing();
  context.onLeave(() => {
    seen.look?.controller.abort();
    seen = nothing();
  });

  const listed = (): ListedTenant[] => ewsTenants(engine().store.list());
  const changed = <T>(value: T): T => {
    context.emit('ews:changed', null);
    return value;
  };
  /** Where the data were left meanwhile, nobody wants to know. */
  const note = (into: Seen, outcome: EwsOutcome): void => {
    into.look?.waiting.delete(idOf(outcome));
    into.outcomes.set(idOf(outcome), { outcome, at: engine().clock.now().toISOString() });
    if (into === seen) changed(null);
  };

  function viewOf(each: ListedTenant): TenantView {
    const { tenantId } = each;
    const known = seen.outcomes.get(keyOf(each));
    const read = engine().ewsSwitches.of(tenantId);
    const found = engine().ewsLosses.of(tenantId);
    const view: TenantView = {
      tenantId,
      tenantName: each.tenantName,
      state: 'unknown',
      at: known?.at ?? null,
      readBy: null,
      holders: [],
      switch:
        read === null ? null : { enabled: read.enabled, allowed: read.allowed === null ? null : [...read.allowed], readAt: read.source },
      losses:
        found === null
          ? null
          : {
              archives: found.archives.length,
              publicFolders: found.publicFolders,
              withoutImap: found.withoutImap.length,
              readAt: found.at,
            },
      fault: null,
    };
    if (seen.look?.waiting.has(keyOf(each)) === true) return { ...view, state: 'looking' };
    if (known === undefined) return view;
    const { outcome } = known;
    if (!('tenant' in outcome)) {
      if (outcome.fault.code === 'ews.sign-in-needed') return { ...view, state: 'sign-in' };
      return { ...view, state: 'failed', fault: faultView(outcome.fault, services().texts) };
    }
    const { tenantName, readBy, holders } = withEwsUsage(outcome.tenant, seen.usage?.calls ?? null);
    return {
      ...view,
      tenantName,
      state: 'read',
      readBy:
        'credential' in readBy ? { kind: 'credential', name: readBy.credential } : { kind: 'administrator', name: readBy.administrator },
      holders: holders.map((holder) => ({
        ...holder,
        permissions: [...holder.permissions],
        owners: [...holder.owners],
        lastSignIn: holder.lastSignIn === null ? null : new Date(holder.lastSignIn).toISOString(),
      })),
    };
  }

  /** @throws Fault ews.not-listed */
  function listedTenant(tenantId: string): ListedTenant {
    const found = listed().find((each) => keyOf(each) === tenantId.toLowerCase());
    if (found === undefined) throw new Fault('ews.not-listed', { params: { tenant: tenantId } });
    return found;
  }

  /** @returns null where nothing was chosen */
  async function saveScript(called: string, contents: () => Buffer): Promise<{ readonly path: string } | null> {
    const name = called.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, ' ').trim();
    const path = await desktop.saveFile({
      title: t()('window.save-ews-script'),
      name: markedName(context, `${name}.ps1`),
      extension: 'ps1',
    });
    if (path === null) return null;
    // The save dialog has already asked whether an existing file is to be replaced.
    await writeNewFile(path, contents(), { force: true });
    return { path };
  }

  return {
    'ews:read': () =>
      Promise.resolve({
        daysLeft: ewsDaysLeft(engine().clock.now()),
        usage: seen.usage === null ? null : { name: seen.usage.name, applications: seen.usage.calls.size },
        looking: seen.look === null ? null : { done: seen.look.total - seen.look.waiting.size, total: seen.look.total },
        tenants: listed().map(viewOf),
      }),
    'ews:look': async () => {
      const mine = seen;
      mine.look?.controller.abort();
      const waiting = new Set(listed().map(keyOf));
      const look: Look = { controller: new AbortController(), waiting, total: waiting.size };
      const { signal } = look.controller;
      mine.look = look;
      changed(null);
      const told = (outcome: EwsOutcome) => mine.look === look && note(mine, outcome);
      try {
        await ewsOfAll(engine(), { usage: null, signIn: false }, { ...silentRun(context), signal }, told);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        if (mine.look === look) mine.look = null;
        if (mine === seen) changed(null);
      }
      return null;
    },
    'ews:stop': () => {
      seen.look?.controller.abort();
      return Promise.resolve(null);
    },
    'ews:sign-in': ({ tenantId, account }) => {
      const tenant = listedTenant(tenantId);
      const mine = seen;
      return Promise.resolve({
        run: runs.begin(
          async (run) => {
            note(mine, { tenant: await ewsOfTenant(engine(), tenant.cloud, null, { usage: null, signIn: true }, run) });
            return null;
          },
          { tenant: tenant.tenantId, ...(account === null ? {} : { account }) },
        ),
      });
    },
    'ews:add-usage': async () => {
      const path = await desktop.openFile({ title: t()('window.choose-ews-usage'), extensions: ['csv'] });
      if (path === null) return null;
      const calls = await readEwsUsage(path);
      seen.usage = { name: parse(path).base, calls };
      return changed({ name: seen.usage.name, applications: calls.size });
    },
    'ews:save-script': async ({ tenantId, clientId }) => {
      const { cloud } = listedTenant(tenantId);
      const { outcome } = seen.outcomes.get(tenantId.toLowerCase()) ?? {};
      const tenant = outcome !== undefined && 'tenant' in outcome ? outcome.tenant : undefined;
      const holder = tenant?.holders.find((each) => each.clientId === clientId);
      if (tenant === undefined || holder === undefined) throw new Fault('ews.not-listed', { params: { tenant: tenantId } });
      return saveScript(`EWS ${tenant.tenantName}`, () => ewsScriptFile(engine(), tenant, { cloud, clientId, name: holder.name }));
    },
    'ews:save-losses-script': async ({ tenantId }) => {
      const { tenantName, records } = listedTenant(tenantId);
      const [record] = records;
      if (record === undefined) throw new Fault('ews.not-listed', { params: { tenant: tenantId } });
      const step = { step: 'losses' as const, mailboxes: [], group: null };
      return saveScript(`EWS ${tenantName || tenantId} losses`, () => exchangeStepFile(record, step, engine().clock.now()));
    },
    'ews:read-result': async () => {
      const path = await desktop.openFile({ title: t()('window.choose-ews-result'), extensions: ['json'] });
      if (path === null) return null;
      const result = await readExchangeResult(path);
      const { tenantName, tenantId } = listedTenant(result.tenantId);
      const told = { tenantName: tenantName || tenantId };
      if (result.kind === 'losses') return changed({ ...told, about: 'losses' as const, readAt: engine().ewsLosses.keep(result).at });
      const read = switchOfResult(result);
      if (read === null) throw new Fault('ews.result-unreadable', { params: { path } });
      return changed({ ...told, about: 'switch' as const, readAt: engine().ewsSwitches.keep(read).source });
    },
  };
}
