import { join } from 'node:path';
import { Fault } from '../../faults.ts';
import { lastLines, writeNewFile } from '../../files/index.ts';
import type { Handlers } from '../router.ts';
import { reportText } from '../diagnostics/report.ts';
import { markedName, type RequestContext } from './context.ts';

/** In bytes of each log file: some hundred lines. */
const endOfLog = 64 * 1024;
const logFiles = ['window.log', 'command-line.log'] as const;

async function report({ services, settings, app }: RequestContext): Promise<string> {
  const { engine, directory, texts } = services();
  const { version, practice } = app.facts();
  const logs = await Promise.all(logFiles.map(async (name) => ({ name, lines: await lastLines(join(directory, 'logs', name), endOfLog) })));
  return reportText({
    at: engine.clock.now(),
    version,
    practice,
    language: texts.language,
    directory,
    settings: settings.read(),
    credentials: engine.store.list(),
    deleted: engine.store.list({ deleted: true }).length,
    logs,
  });
}

/** Save diagnostics: what is saved is what was shown, to the letter. */
export function createDiagnosticsHandlers(context: RequestContext): Pick<Handlers, 'diagnostics:read' | 'diagnostics:save'> {
  let shown: string | null = null;
  return {
    'diagnostics:read': async () => {
      shown = await report(context);
      return { text: shown };
    },
    'diagnostics:save': async () => {
      if (shown === null) throw new Fault('window.run-unknown');
      const { engine, texts } = context.services();
      const name = markedName(context, `Tenant Keyring diagnostics ${engine.clock.now().toISOString().slice(0, 10)}.txt`);
      const path = await context.desktop.saveFile({ title: texts.t('window.save-diagnostics'), name, extension: 'txt' });
      if (path === null) return null;
      // The save dialog has already asked whether an existing file is to be replaced.
      await writeNewFile(path, Buffer.from(shown), { force: true });
      return { path };
    },
  };
}
