import type { Clock } from '../clock.ts';
import type { Cloud } from '../clouds/index.ts';
import { guardedFetch, type Fetch, type RequestCounter } from '../http/index.ts';
import { silentLog, type Log } from '../log/index.ts';
import type { Language } from '../texts/index.ts';
import { requestAppOnlyToken } from './app-only-token.ts';
import { browserInteraction } from './browser-interaction.ts';
import { deviceCodeInteraction } from './device-code-interaction.ts';
import { signInPages } from './pages.ts';
import type { DeviceCodeSignIn, Identity } from './session.ts';
import { signInPerson } from './sign-in.ts';

export { isReplicationFault } from './sign-in-fault.ts';
export { graphCommandLineTools } from './sign-in.ts';
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

/** Microsoft Entra ID through MSAL: people sign in with a public client, applications with their certificate. */
export function createIdentity({ fetch, clock, counter, log = silentLog, timeoutMs = 300_000, lang = 'en' }: IdentityOptions): Identity & DeviceCodeSignIn {
  const network = (cloud: Cloud) => ({ fetch: guardedFetch(fetch, cloud), clock, counter, log });
  return {
    signIn: ({ openBrowser, ...request }) =>
      signInPerson(request, network(request.cloud), (client) => browserInteraction(client, { openBrowser, pages: signInPages(lang), timeoutMs })),
    signInWithDeviceCode: ({ showCode, ...request }) => signInPerson(request, network(request.cloud), (client) => deviceCodeInteraction(client, showCode)),
    appOnlyToken: (request) => requestAppOnlyToken(request, network(request.cloud)),
  };
}
