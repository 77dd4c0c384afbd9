import { compareKeys, forgetUnneeded } from '../../credential/keys/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

/** Requests about what list and keychain do not agree on. */
export function createKeyHandlers(
  { services, app }: Pick<RequestContext, 'services' | 'app'>,
  platform: NodeJS.Platform = process.platform,
): Pick<Handlers, 'keys:compare' | 'keys:forget'> {
  // Anywhere else the desktop would ask to unlock its keychain, and nobody would know what for.
  const quietly = () => app.facts().practice || platform === 'win32';
  return {
    'keys:compare': async ({ asked }) => {
      if (!asked && !quietly()) return null;
      const { unneeded, missing } = await compareKeys(services().engine);
      return { unneeded: [...unneeded], missing: [...missing] };
    },
    'keys:forget': async ({ keys }) => {
      const { forgotten, kept } = await forgetUnneeded(services().engine, keys);
      return { forgotten: forgotten.length, kept: kept.length };
    },
  };
}
