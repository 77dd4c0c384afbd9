import { Fault } from '../../faults.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

type PracticeChannel = 'practice:servers' | 'practice:open-servers';

/** Requests about the archiving servers that stand beside simulated tenants. */
export function createPracticeServerHandlers({ services, desktop }: RequestContext): Pick<Handlers, PracticeChannel> {
  return {
    'practice:servers': async () => {
      const found = (await services().practiceServers?.list()) ?? [];
      return found.map(({ kind, url, user, password }) => ({ kind, address: url, user, password }));
    },
    'practice:open-servers': async () => {
      const { practiceServers } = services();
      if (practiceServers === null)
        throw new Fault('window.request-malformed', { params: { channel: 'practice:open-servers', detail: 'not in practice' } });
      await desktop.openPage(practiceServers.page);
      return null;
    },
  };
}
