import { arch, platform, release } from 'node:os';
import { app, clipboard, dialog, type WebContents } from 'electron';
import manifest from '../../package.json' with { type: 'json' };
import { asFault, type Fault } from '../faults.ts';
import { redact, type Log } from '../log/index.ts';
import { jsonText } from '../visible-text.ts';
import type { Texts } from '../texts/index.ts';
import { restart } from './restart.ts';

export interface CrashContext {
  readonly texts: () => Texts;
  readonly log: () => Log;
}

/** What a report tells: which program on which system, and the error without secrets and people. */
export function crashReport(fault: Fault, where: string): string {
  const versions = {
    application: manifest.version,
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
  };
  const system = `${platform()} ${release()} ${arch()}`;
  const report = {
    where,
    correlationId: fault.correlationId,
    code: fault.code,
    time: new Date(),
    versions,
    system,
    error: fault.cause ?? fault,
  };
  return jsonText(redact(report), 2);
}

/** What the person can do besides copying the report and starting again. */
type WayOn = 'continue' | 'end';

/** Shows what happened until the person decides; the report can be copied as often as wished. */
async function show(fault: Fault, where: string, { t }: Texts, wayOn: WayOn): Promise<void> {
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: t('app.name'),
      message: t(wayOn === 'continue' ? 'crash.message' : 'crash.window-gone'),
      detail: t('crash.detail', { correlationId: fault.correlationId }),
      buttons: [t('crash.copy'), t('crash.restart'), t(wayOn === 'continue' ? 'crash.continue' : 'crash.end')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response === 0) {
      await clipboard.writeText(crashReport(fault, where));
      continue;
    }
    if (response === 1) restart();
    else if (wayOn === 'end') app.quit();
    return;
  }
}

const minute = 60_000;
/** As often as this within a minute a window is loaded anew; what ends more often than that will not stay. */
const mostReloads = 3;

/** @returns whether a window whose process ended is loaded anew, by the times at which that happened before */
function createReloads(now: () => number): () => boolean {
  let times: number[] = [];
  return () => {
    times = [...times.filter((time) => now() - time < minute), now()];
    return times.length <= mostReloads;
  };
}

/**
 * An exception is a bug: it is logged, told with the number that finds the log line, and never ends the program silently.
 *
 * @param now in milliseconds, by a clock that nobody sets
 */
export function watchForCrashes({ texts, log }: CrashContext, now: () => number = () => performance.now()): void {
  /** One dialog at a time: an error that repeats would bury the person in them. */
  let shown = false;
  const tell = async (error: unknown, where: string, wayOn: WayOn = 'continue') => {
    const fault = asFault(error);
    log().error('crash', { where, correlationId: fault.correlationId, cause: fault.cause ?? fault });
    // What leaves nothing to go on with is told beside a dialog that is open.
    if (shown && wayOn === 'continue') return;
    shown = true;
    try {
      await show(fault, where, texts(), wayOn);
    } catch {
      // Before Electron is ready only this one can be shown.
      dialog.showErrorBox(texts().t('crash.message'), crashReport(fault, where));
    } finally {
      shown = false;
    }
  };
  process.on('uncaughtException', (error) => void tell(error, 'main'));
  process.on('unhandledRejection', (reason) => void tell(reason, 'main'));

  const mayReload = createReloads(now);
  let gaveUp = false;
  const windowGone = (contents: WebContents, error: Error) => {
    if (gaveUp) return;
    gaveUp = !mayReload();
    void tell(error, 'window', gaveUp ? 'end' : 'continue');
    // The list is in the store; what was typed is lost with the process.
    if (!gaveUp && !contents.isDestroyed()) contents.reload();
  };
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') windowGone(contents, new Error(`window process gone: ${reason}, ${exitCode}`));
  });
  // Chromium starts its processes for graphics and network again by itself; on servers and over Remote Desktop they fail often.
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit') log().warn('process.gone', { type, reason, exitCode, serviceName });
  });
}

/** The program cannot start: the fault in words, and the end. Works before Electron is ready. */
export function endWithFault(error: unknown, texts: Texts): void {
  const fault = asFault(error);
  const { message, fix } = texts.faultText(fault);
  dialog.showErrorBox(texts.t('app.name'), `${message}\n\n${fix}\n\n${fault.correlationId}`);
  app.exit(1);
}
