import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { Fault } from '../../faults.ts';
import { readPasswordFile } from '../../files/index.ts';
import { currentAccount, dailyTask, installDailyTask, isRegistered, removeTask, taskName } from '../../watch/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

type DailyWatchChannel = 'daily-watch:read' | 'daily-watch:install' | 'daily-watch:cancel' | 'daily-watch:remove';
type Place = 'ready' | 'elsewhere' | 'portable' | 'practice' | 'account';

/** A time of day as `07:30`. @throws Fault task.time-invalid */
function timeOfDay(typed: string): string {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(typed) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) throw new Fault('task.time-invalid', { params: { value: typed } });
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/**
 * Where a task puts what it hands out. Somebody is here now, and nobody will be when it runs: so both places are looked at.
 *
 * @throws Fault task.hand-out-incomplete, file.folder-missing, file.password-unreadable
 */
async function handOutOf(typedFolder: string, typedFile: string) {
  const [folder, passwordFile] = [typedFolder.trim(), typedFile.trim()];
  if (folder === '' && passwordFile === '') return null;
  // A task starts in a folder of its own.
  if (folder === '' || passwordFile === '') throw new Fault('task.hand-out-incomplete');
  const isFolder = isAbsolute(folder) && (await stat(folder).catch(() => null))?.isDirectory() === true;
  if (!isFolder) throw new Fault('file.folder-missing', { params: { folder } });
  if (!isAbsolute(passwordFile)) throw new Fault('file.password-unreadable', { params: { path: passwordFile } });
  await readPasswordFile(passwordFile);
  return { folder, passwordFile };
}

/** Requests about the scheduled task of the expiry watch; the command line's `watch --install-task` is the same. */
export function createDailyWatchHandlers({ services, app, computer }: RequestContext): Pick<Handlers, DailyWatchChannel> {
  const { env, platform, self, dataDir } = computer;
  let installing = new AbortController();

  function place(): { readonly place: Place; readonly account: string | null } {
    // A task outlives the rehearsal, and would be taken for a real one.
    if (app.facts().practice) return { place: 'practice', account: null };
    if (platform !== 'win32') return { place: 'elsewhere', account: null };
    if (env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return { place: 'portable', account: null };
    try {
      return { place: 'ready', account: currentAccount(env, platform) };
    } catch {
      return { place: 'account', account: null };
    }
  }

  return {
    'daily-watch:read': async () => {
      const here = place();
      return { ...here, registered: here.account !== null && (await isRegistered(here.account, computer).catch(() => false)) };
    },
    'daily-watch:install': async ({ at, logon, password, rotate, eventLog, pfxFolder = '', pfxPasswordFile = '' }) => {
      if (app.facts().practice) throw new Fault('task.practice');
      if (logon === 'password' && password === '') throw new Fault('task.password-missing');
      const { engine, keychain, texts, directory } = services();
      const handOut = rotate ? await handOutOf(pfxFolder, pfxPasswordFile) : null;
      const definition = dailyTask(
        {
          account: currentAccount(env, platform),
          logon: logon === 'password' ? 'Password' : 'InteractiveToken',
          at: timeOfDay(at),
          firstDay: engine.clock.now(),
          description: texts.t(rotate ? 'task.description.rotate' : 'task.description'),
          within: null,
          eventLog,
          calendar: null,
          rotate: rotate ? { handOut } : null,
        },
        { self, env, dataDir, language: texts.language },
      );
      installing.abort();
      const { signal } = (installing = new AbortController());
      await installDailyTask(definition, {
        directory,
        keychain,
        clock: engine.clock,
        signal,
        scheduler: computer,
        password: logon === 'password' ? password : null,
      }).catch((error: unknown) => {
        throw signal.aborted ? new Fault('interrupted', { cause: error }) : error;
      });
      engine.log.info('task.installed', { logon, rotate, eventLog });
      return { name: taskName(definition.account), account: definition.account };
    },
    'daily-watch:cancel': () => {
      installing.abort();
      return Promise.resolve(null);
    },
    'daily-watch:remove': async () => {
      const account = currentAccount(env, platform);
      await removeTask(account, computer);
      return { name: taskName(account) };
    },
  };
}
