import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

/** Requests about newer versions of this program. */
export function createUpdateHandlers({
  updates,
}: RequestContext): Pick<Handlers, 'updates:read' | 'updates:check' | 'updates:download' | 'updates:install'> {
  return {
    'updates:read': () => Promise.resolve(updates.state()),
    'updates:check': () => updates.check(),
    'updates:download': () => updates.download(),
    'updates:install': async () => {
      await updates.install();
      return null;
    },
  };
}
