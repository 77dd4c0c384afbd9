import { arch, platform, release } from 'node:os';
import { app, clipboard, dialog } from 'electron';
import manifest from '../../package.json' with { type: 'json' };
import { asFault, type Fault } from '../faults.ts';
import { redact, type Log } from '../log/index.ts';
import { jsonText } from '../visible-text.ts';
import type { Texts } from '../texts/index.ts';

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

/** Shows what happened until the person goes on or restarts; the report can be copied as often as wished. */
async function show(fault: Fault, where: string, { t }: Texts): Promise<void> {
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: t('app.name'),
      message: t('crash.message'),
      detail: t('crash.detail', { correlationId: fault.correlationId }),
      buttons: [t('crash.copy'), t('crash.restart'), t('crash.continue')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response === 0) {
      await clipboard.writeText(crashReport(fault, where));
      continue;
    }
    if (response === 1) {
      app.relaunch();
      app.quit();
    }
    return;
  }
}

/** An exception is a bug: it is logged, told with the number that finds the log line, and never ends the program silently. */
export function watchForCrashes({ texts, log }: CrashContext): void {
  /** One dialog at a time: an error that repeats would bury the person in them. */
  let shown = false;
  const tell = async (error: unknown, where: string) => {
    const fault = asFault(error);
    log().error('crash', { where, correlationId: fault.correlationId, cause: fault.cause ?? fault });
    if (shown) return;
    shown = true;
    try {
      await show(fault, where, texts());
    } catch {
      // Before Electron is ready only this one can be shown.
      dialog.showErrorBox(texts().t('crash.message'), crashReport(fault, where));
    } finally {
      shown = false;
    }
  };
  process.on('uncaughtException', (error) => void tell(error, 'main'));
  process.on('unhandledRejection', (reason) => void tell(reason, 'main'));
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    void tell(new Error(`window process gone: ${reason}, ${exitCode}`), 'window');
    // The list is in the store; what was typed is lost with the process.
    if (!contents.isDestroyed()) contents.reload();
  });
}

/** The program cannot start: the fault in words, and the end. Works before Electron is ready. */
export function endWithFault(error: unknown, texts: Texts): void {
  const fault = asFault(error);
  const { message, fix } = texts.faultText(fault);
  dialog.showErrorBox(texts.t('app.name'), `${message}\n\n${fix}\n\n${fault.correlationId}`);
  app.exit(1);
}
