/**
 * Sign-in and tokens, by MSAL: an administrator in the browser or by a code, a credential by its own key. Tokens live in memory
 * and are dropped when the work is done.
 */
import type { Clock } from '../clock.ts';
import type { Cloud } from '../clouds/index.ts';
import { guardedFetch, type Fetch, type RequestCounter } from '../http/index.ts';
import { silentLog, type Log } from '../log/index.ts';
import type { Language } from '../texts/index.ts';
import { signInPages } from './pages.ts';
import { tenantOfDomain } from './tenant-of-domain.ts';
import type { DeviceCodeSignIn, Identity } from './session.ts';

export { isReplicationFault } from './replication-fault.ts';
export { graphCommandLineTools } from './sign-in-client.ts';
export type * from './session.ts';

export interface IdentityOptions {
  /** Transport; requests are kept to the cloud's own hosts above it. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly counter: RequestCounter;
  readonly log?: Log;
  /** Milliseconds a person has in the browser; default five minutes. */
  readonly timeoutMs?: number;
  /** Language of the page that the browser shows at the end. */
  readonly lang?: Language;
}

/** MSAL is large: it is read when somebody, or something, is to be signed in. */
const msal = {
  signIn: () => import('./sign-in.ts'),
  browser: () => import('./browser-interaction.ts'),
  deviceCode: () => import('./device-code-interaction.ts'),
  token: () => import('./app-only-token.ts'),
};

/** Reads MSAL while nobody waits for it: read during a sign-in it would hold up whatever else goes on. */
export async function warmUpIdentity(): Promise<void> {
  await Promise.all(Object.values(msal).map((read) => read()));
}

/** Microsoft Entra ID through MSAL: people sign in with a public client, applications with their certificate. */
export function createIdentity({
  fetch,
  clock,
  counter,
  log = silentLog,
  timeoutMs = 300_000,
  lang = 'en',
}: IdentityOptions): Identity & DeviceCodeSignIn {
  const network = (cloud: Cloud) => ({ fetch: guardedFetch(fetch, cloud), clock, counter, log });
  return {
    tenantOfDomain: (cloud, domain, signal) => tenantOfDomain(guardedFetch(fetch, cloud), cloud, domain, signal),
    signIn: async ({ openBrowser, ...request }) => {
      const [{ signInPerson }, { browserInteraction }] = await Promise.all([msal.signIn(), msal.browser()]);
      return signInPerson(request, network(request.cloud), (client) =>
        browserInteraction(client, { openBrowser, pages: signInPages(lang), timeoutMs }),
      );
    },
    signInWithDeviceCode: async ({ showCode, ...request }) => {
      const [{ signInPerson }, { deviceCodeInteraction }] = await Promise.all([msal.signIn(), msal.deviceCode()]);
      return signInPerson(request, network(request.cloud), (client) => deviceCodeInteraction(client, showCode));
    },
    appOnlyToken: async (request) => (await msal.token()).requestAppOnlyToken(request, network(request.cloud)),
  };
}
