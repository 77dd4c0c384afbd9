import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import type { Fetch } from './fetch.ts';

/**
 * Lets requests out only to the sign-in and Graph hosts of one cloud, over https. Tokens, client assertions and
 * authorization codes travel in these requests, so nothing that an answer says (`@odata.nextLink`, `Location`) may lead
 * them anywhere else. Neither service redirects the calls made here: a redirect is a proxy's login page, and is reported
 * instead of followed.
 *
 * @throws Fault service.host-refused, service.proxy-answered; rejects as `fetch` does when nothing answers
 */
export function guardedFetch(fetch: Fetch, cloud: Cloud): Fetch {
  const allowed = new Set([new URL(cloud.authority).origin, new URL(cloud.graph).origin]);
  return async (address, init) => {
    const { origin, protocol, host } = new URL(address);
    if (protocol !== 'https:' || !allowed.has(origin)) throw new Fault('service.host-refused', { params: { host } });
    const response = await fetch(address, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw new Fault('service.proxy-answered', { params: { host } });
    }
    return response;
  };
}
