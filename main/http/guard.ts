import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import type { Fetch } from './fetch.ts';

/** What one guard lets out: sign-in and Microsoft Graph, or Exchange Online, whose tokens are good for nobody else. */
export type GuardedServices = 'directory' | 'exchange';

const originsOf = ({ authority, graph, exchange }: Cloud, services: GuardedServices): string[] =>
  (services === 'directory' ? [authority, graph] : [exchange]).map((address) => new URL(address).origin);

/**
 * Lets requests out only to the sign-in and Graph hosts of one cloud, or only to its Exchange Online, over https. Tokens, client assertions and
 * authorization codes travel in these requests, so nothing that an answer says (`@odata.nextLink`, `Location`) may lead
 * them anywhere else. Neither service redirects the calls made here: a redirect is a proxy's login page, and is reported
 * instead of followed.
 *
 * @throws Fault service.host-refused, service.proxy-answered; rejects as `fetch` does when nothing answers
 */
export function guardedFetch(fetch: Fetch, cloud: Cloud, services: GuardedServices = 'directory'): Fetch {
  const allowed = new Set(originsOf(cloud, services));
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
