import type { Command } from 'commander';
import { Fault } from '../faults.ts';
import type { DeviceCode } from '../registration/code-instead.ts';
import type { Run } from '../registration/engine.ts';
import { readPolicies } from '../policies/index.ts';
import type { Services, StoreServices } from '../services/index.ts';
import { openInBrowser } from './browser.ts';
import { printCode } from './device-code.ts';
import { globalOptions, type GlobalOptions } from './global-options.ts';
import { askToApply, narrator } from './narrator.ts';
import type { VerbContext } from './program.ts';
import { hasStore } from '../vault/index.ts';

export interface Session {
  readonly services: Services;
  readonly globals: GlobalOptions;
  /** The command line's part in a run. */
  readonly run: (accepted?: readonly string[]) => Run;
}

/** What the backups of a store are found with. */
export function backupsConfig(globals: GlobalOptions, { io }: VerbContext) {
  const { env, platform } = io;
  const dataDir = globals.dataDir === undefined ? {} : { dataDir: globals.dataDir };
  return { program: 'command line', env, platform, practice: globals.practice, ...dataDir } as const;
}

/** What both kinds of session are opened with. */
function storeConfig(globals: GlobalOptions, { io }: VerbContext) {
  return {
    program: 'command line',
    env: io.env,
    platform: io.platform,
    practice: globals.practice,
    verbose: globals.verbose,
    resetStore: globals.resetStore,
    ...(globals.dataDir === undefined ? {} : { dataDir: globals.dataDir }),
    ...(globals.verbose ? { echo: (line: string) => io.err(`${line}\n`) } : {}),
  } as const;
}

/** Whether something is kept here already; nothing is opened. @throws Fault data.* */
export function hasKept(command: Command, { io }: VerbContext): boolean {
  const { practice, dataDir } = globalOptions(command);
  const place = dataDir === undefined ? {} : { override: dataDir };
  return hasStore({ env: io.env, platform: io.platform, practice: practice !== null, ...place });
}

function saySetAside({ storeSetAside }: StoreServices | Services, { io, texts }: VerbContext): void {
  if (storeSetAside !== null) io.err(`${texts.t('cli.store-set-aside', { path: storeSetAside })}\n`);
}

/** Opens the list for a verb that needs neither keys nor tenants, and closes it whatever happens. */
export async function withStore(
  command: Command,
  context: VerbContext,
  work: (session: StoreServices & { readonly globals: GlobalOptions }) => Promise<void>,
): Promise<void> {
  const globals = globalOptions(command);
  const { openStore } = await import('../services/index.ts');
  const opened = openStore(storeConfig(globals, context));
  saySetAside(opened, context);
  try {
    await opened.backUp();
    await work({ ...opened, globals });
  } finally {
    await opened.close();
  }
}

/** Opens the services for one verb and closes them whatever happens. */
export async function withServices(command: Command, context: VerbContext, work: (session: Session) => Promise<void>): Promise<void> {
  const globals = globalOptions(command);
  const { io, texts } = context;
  const { openServices } = await import('../services/index.ts');
  const services = await openServices({
    ...storeConfig(globals, context),
    language: texts.language,
    policies: (await readPolicies({ env: io.env, platform: io.platform, run: io.runProgram })).policies,
    fetch: io.fetch,
    openBrowser: (address) => openInBrowser(address, io, texts),
  });
  saySetAside(services, context);
  const run = (accepted: readonly string[] = []): Run => ({
    signal: io.signal,
    onProgress: narrator(io, texts),
    confirm: globals.yes ? () => Promise.resolve(true) : (preview) => askToApply(preview, io, texts),
    openBrowser: services.openBrowser,
    accepted,
    ...(globals.deviceCode ? { codeInstead: { wanted: AbortSignal.abort(), show: (code: DeviceCode) => printCode(code, io, texts) } } : {}),
    ...(globals.tenant === undefined ? {} : { tenant: globals.tenant }),
    ...(globals.account === undefined ? {} : { account: globals.account }),
  });
  try {
    // Before anything is changed.
    await services.backUp();
    await work({ services, globals, run });
    // Only now: a server may have told the time meanwhile.
    await services.emptyBin();
  } finally {
    await services.close();
  }
}

/** A verb that writes needs somebody to ask, or `--yes`. @throws Fault input.confirmation-needed */
export function requireConsentToWrite(command: Command, { io }: VerbContext): void {
  if (!globalOptions(command).yes && !io.interactive) throw new Fault('input.confirmation-needed');
}

/** Where somebody may be signed in, `--yes` with a real cloud has to say which tenant is meant. @throws Fault input.tenant-needed */
export function requireTenant(command: Command): void {
  const { yes, practice, tenant } = globalOptions(command);
  if (yes && practice === null && tenant === undefined) throw new Fault('input.tenant-needed');
}
