import { app, session } from 'electron';
import type { Fetch } from '../http/index.ts';

/**
 * Requests of ours over Electron's network stack: the system's proxy and roots. In a session of their own, in memory and
 * without a cache, so that many processes may run at once and nothing is left behind. Without credentials no cookie is kept
 * or sent and no server gets the person's Windows sign-in, while a proxy that asks for it (407) still does: Chromium applies
 * privacy mode to servers alone (net/http/http_network_transaction.cc, ShouldApplyServerAuth). Electron would include them:
 * electron/electron, lib/browser/api/net-fetch.ts turns `same-origin` without an origin into `include`.
 */
export function ownFetch(name: 'window' | 'command-line'): Fetch {
  return async (address, init) => {
    await app.whenReady();
    return session.fromPartition(name, { cache: false }).fetch(address, { ...init, credentials: 'omit', cache: 'no-store' });
  };
}
