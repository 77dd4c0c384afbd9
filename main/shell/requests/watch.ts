import { writeNewFile } from '../../files/index.ts';
import { calendarOf, lastRun } from '../../watch/index.ts';
import type { Handlers } from '../router.ts';
import { markedName, type RequestContext } from './context.ts';

/** Requests about the expiry watch. */
export function createWatchHandlers(context: RequestContext): Pick<Handlers, 'watch:read' | 'watch:save-calendar'> {
  return {
    'watch:read': async () => {
      const { directory, engine } = context.services();
      const { ranAt, overdue } = await lastRun(directory, engine.clock.now());
      return { ranAt, overdue };
    },
    'watch:save-calendar': async () => {
      const { engine, texts } = context.services();
      const path = await context.desktop.saveFile({
        title: texts.t('window.save-calendar'),
        name: markedName(context, `${texts.t('calendar.name')}.ics`),
        extension: 'ics',
      });
      if (path === null) return null;
      const { text, events } = await calendarOf(engine.store.list(), engine.clock.now(), context.app.facts().practice, texts);
      // The save dialog has already asked whether an existing file is to be replaced.
      await writeNewFile(path, Buffer.from(text), { force: true });
      return { path, events };
    },
  };
}
