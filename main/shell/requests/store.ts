import { damagedRowFile, findDamaged, takeOut } from '../../registration/index.ts';
import type { Handlers } from '../router.ts';
import { markedName, type RequestContext } from './context.ts';

/** Requests about the list as a file: rows that cannot be read, and its backups. */
export function createStoreHandlers(
  context: RequestContext,
): Pick<Handlers, 'damaged:list' | 'damaged:take-out' | 'backups:list' | 'backups:restore'> {
  const { desktop, app } = context;
  const engine = () => context.services().engine;
  return {
    'damaged:list': () => Promise.resolve(engine().store.damaged()),
    'damaged:take-out': async ({ id }) => {
      const { texts } = context.services();
      const row = findDamaged(engine(), id);
      const name = markedName(context, damagedRowFile(row, engine().clock.now()));
      const path = await desktop.saveFile({ title: texts.t('window.save-damaged'), name, extension: 'json' });
      if (path === null) return null;
      // The save dialog has already asked whether an existing file is to be replaced.
      await takeOut(engine(), id, path, true);
      context.emit('store:changed', null);
      return { path };
    },
    'backups:list': () => Promise.resolve(context.services().backups.list()),
    'backups:restore': async ({ name }) => {
      const { t } = context.services().texts;
      const sure = await desktop.ask({
        title: t('app.name'),
        message: t('backups.ask', { name }),
        detail: t('backups.ask.detail'),
        confirm: t('backups.restore'),
        cancel: t('app.cancel'),
      });
      if (!sure) return { restored: false };
      await app.restoreStore(name);
      context.emit('store:changed', null);
      context.emit('app:changed', null);
      return { restored: true };
    },
  };
}
