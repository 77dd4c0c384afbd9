import { Fault } from '../../faults.ts';
import { datedChanges } from '../../servers/index.ts';
import { changesAhead, changesTouching, dismissChange, dismissedChanges, type ChangeAhead } from '../../watch/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

/** So many are named. */
const named = 3;

/** The radar of changes at Microsoft. */
export function createChangeHandlers({ services }: RequestContext): Pick<Handlers, 'changes:read' | 'changes:dismiss'> {
  function viewOf({ id, date, days, source, credentials }: ChangeAhead) {
    const { texts } = services();
    const names = [
      ...credentials.slice(0, named).map(({ name }) => name),
      ...(credentials.length > named ? [`+${credentials.length - named}`] : []),
    ].join(', ');
    return {
      id,
      text: texts.t(`change-ahead.${id}`, { days, date: texts.date(new Date(date)), count: credentials.length, names }),
      source: `${source.page} (${source.date})`,
      days,
      page: id.startsWith('ews-') ? ('ews' as const) : null,
    };
  }
  return {
    'changes:read': async ({ credential }) => {
      const { engine, directory } = services();
      const now = engine.clock.now();
      if (credential !== null) return changesTouching([engine.store.find(credential)], now).map(viewOf);
      return changesAhead(engine.store.list(), now, await dismissedChanges(directory)).map(viewOf);
    },
    'changes:dismiss': async ({ id }) => {
      if (!datedChanges().some((change) => change.id === id))
        throw new Fault('window.request-malformed', { params: { channel: 'changes:dismiss', detail: id } });
      const { engine, directory } = services();
      await dismissChange(directory, id, engine.clock.now());
      return null;
    },
  };
}
