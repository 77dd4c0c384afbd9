import type { Run } from '../../registration/engine.ts';
import type { RequestContext } from './context.ts';

/** A run that neither signs in nor writes: nobody is asked anything. */
export function silentRun(context: RequestContext): Run {
  return {
    onProgress: () => undefined,
    confirm: () => Promise.resolve(true),
    openBrowser: (address) => context.services().openBrowser(address),
    accepted: [],
  };
}
