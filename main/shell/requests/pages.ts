import { writeNewFile } from '../../files/index.ts';
import { activityPage, credentialPage, type PageContext } from '../../printed/index.ts';
import { standingReport } from '../../registration/run/standing-report.ts';
import type { Handlers } from '../router.ts';
import { markedName, type RequestContext } from './context.ts';

/** Pages that are saved to be printed or filed. */
export function createPageHandlers(context: RequestContext): Pick<Handlers, 'credential:save-page' | 'activity:save-page'> {
  const { services, app, desktop } = context;
  const about = (): PageContext => ({ texts: services().texts, at: services().engine.clock.now(), practice: app.facts().practice });

  async function save(name: string, page: () => string): Promise<{ readonly path: string } | null> {
    const { t } = services().texts;
    // What no file system takes in a name.
    const plain = `${name.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, ' ').trim()}.html`;
    const path = await desktop.saveFile({ title: t('window.save-page'), name: markedName(context, plain), extension: 'html' });
    if (path === null) return null;
    // The save dialog has already asked whether an existing file is to be replaced.
    await writeNewFile(path, Buffer.from(page()), { force: true });
    return { path };
  }

  return {
    'credential:save-page': ({ id }) => {
      const { engine, trail, texts } = services();
      const record = engine.store.find(id);
      return save(record.name, () => credentialPage(record, standingReport(record, texts), trail.list({ credentialId: id }), about()));
    },
    'activity:save-page': ({ credential }) => {
      const { engine, trail, texts } = services();
      const entries = () => trail.list(credential === null ? {} : { credentialId: credential });
      return save(texts.t('activity.title'), () => activityPage(entries(), engine.store.names(), about()));
    },
  };
}
