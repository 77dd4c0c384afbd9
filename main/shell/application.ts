import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import manifest from '../../package.json' with { type: 'json' };
import { systemClock } from '../clock.ts';
import { readPolicies } from '../policies/index.ts';
import { warmUp } from '../services.ts';
import { runProgram } from '../windows/index.ts';
import { applyTheme, isDark, onAppearanceChange, windowLanguage } from './appearance.ts';
import { createDesktop } from './desktop.ts';
import { everyDay } from './every-day.ts';
import { createExpiryNotices } from './expiry-notices.ts';
import { bindRequests, createEmit } from './ipc.ts';
import { ownFetch } from './own-session.ts';
import { createKnownTexts } from './known-texts.ts';
import { createPresentation } from './presentation.ts';
import { createHandlers } from './requests/index.ts';
import { createRouter } from './router.ts';
import { serveScheme } from './scheme.ts';
import { refuseEverything } from './security.ts';
import { createServerNotices } from './server-notices.ts';
import { openServicesInUse, type ServicesInUse } from './services-in-use.ts';
import { openSettings } from './settings-file.ts';
import { bringForward } from './single-instance.ts';
import type { StartOptions } from './start-options.ts';
import { watchStore } from './store-watch.ts';
import { openUpdates } from './updates/index.ts';
import { builtFiles, loadPage, openWindow } from './window.ts';

/** What exists only later, and may be gone again. */
export interface OpenParts {
  window: BrowserWindow | null;
  services: ServicesInUse | null;
}

/**
 * Store and log are closed before the process ends.
 *
 * @returns does it at once; the same end however often it is asked for
 */
function endTogether(services: ServicesInUse, stops: readonly (() => void)[]): () => Promise<void> {
  let ended: Promise<void> | null = null;
  const end = (how: { readonly atOnce: boolean }) => {
    for (const stop of stops) stop();
    return services.close(how);
  };
  const once = (atOnce: boolean) => (ended ??= end({ atOnce }));
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    event.preventDefault();
    void once(false).finally(() => app.exit(0));
  });
  return () => once(true);
}

/**
 * Everything between "Electron is ready" and the first page.
 *
 * @param own where this program is: `directory` of the real data (settings and the window's place are kept there in practice
 *   too), and what starts its command line
 * @throws Fault policy.*, data.*, store.*, practice.*
 */
export async function openApplication(
  options: StartOptions,
  { directory, self }: { readonly directory: string; readonly self: readonly [string, ...string[]] },
  open: OpenParts,
): Promise<void> {
  const { env, platform } = process;
  const managed = await readPolicies({ env, platform, run: runProgram });
  const settings = openSettings(join(directory, 'settings.json'), managed.policies, () => systemClock.now());
  applyTheme(settings.read().theme);
  const window = () => open.window;
  const desktop = createDesktop(window);
  const known = createKnownTexts(() => open.services?.current().texts.language ?? 'en');
  const emit = createEmit(window, known.note);
  const leaving = new EventEmitter<{ leave: [] }>();
  const services = await openServicesInUse({
    config: {
      env,
      platform,
      policies: managed.policies,
      dataDir: directory,
      fetch: ownFetch('window'),
      openBrowser: (address) => desktop.openSignIn(address),
      verbose: options.verbose,
    },
    practice: options.practice ?? { url: null, account: null },
    begin: options.practice === null ? 'real' : 'practice',
    language: windowLanguage(options.lang, settings.read().language),
    onEnter: () => leaving.emit('leave'),
  });
  open.services = services;
  const updates = openUpdates({ forbidden: managed.policies.DisableUpdates === true, services, settings, emit });
  const presentation = createPresentation({ window, services, emit });

  const handlers = createHandlers({
    services: () => services.current(),
    desktop,
    emit,
    known,
    onLeave: (listener) => leaving.on('leave', listener),
    managed,
    updates,
    computer: { env, platform, runProgram, self, dataDir: options.dataDir === undefined ? null : directory },
    settings: {
      read: () => settings.read(),
      write: async (changed) => {
        const before = settings.read();
        await settings.write(changed);
        const { theme, language } = settings.read();
        applyTheme(theme);
        if (language !== before.language) services.speak(windowLanguage(undefined, language));
        if (language !== before.language || theme !== before.theme) presentation.draw();
      },
    },
    app: {
      facts: () => ({ version: manifest.version, practice: services.practice(), dark: isDark() }),
      practise: async () => {
        await services.enter('practice');
        presentation.draw();
      },
      leavePractice: async () => {
        await services.enter('real');
        presentation.draw();
      },
      restoreStore: (name) => services.restoreStore(name),
    },
  });
  bindRequests(
    window,
    createRouter({ handlers, texts: () => services.current().texts, log: () => services.current().log, sent: known.note }),
  );
  refuseEverything(() => services.current().log);
  serveScheme(builtFiles.renderer);
  onAppearanceChange(() => {
    presentation.draw();
    emit('app:changed', null);
  });
  const stops = [
    watchStore(
      () => services.current(),
      () => emit('store:changed', null),
    ),
  ];
  const end = endTogether(services, stops);

  const opened = openWindow({
    title: presentation.title(),
    preload: builtFiles.preload,
    boundsFile: join(directory, 'window', 'bounds.json'),
  });
  open.window = opened;
  opened.once('ready-to-show', () => services.current().log.info('window.shown', { sinceStart: Math.round(performance.now()) }));
  // Windows ends the process when this returns, and Electron does unless it is quitting by then (electron/electron,
  // shell/browser/native_window_views_win.cc, WM_ENDSESSION).
  opened.once('session-end', () => {
    void end();
    app.quit();
  });
  opened.once('closed', () => {
    open.window = null;
    leaving.emit('leave');
  });
  presentation.draw();
  await loadPage(opened);
  await warmUp();
  const notices = createExpiryNotices({
    services: () => services.current(),
    practice: () => services.practice(),
    desktop,
    emit,
    show: () => bringForward(open.window),
  });
  const inServers = createServerNotices({
    services: () => services.current(),
    practice: () => services.practice(),
    desktop,
    emit,
    show: () => bringForward(open.window),
  });
  const now = () => services.current().engine.clock.now();
  stops.push(
    everyDay(() => notices.look(), now),
    everyDay(() => inServers.look(), now),
    everyDay(() => updates.lookIfWanted(), now),
    everyDay(() => services.current().backUp(), now),
    everyDay(() => services.current().emptyBin(), now),
  );
}
