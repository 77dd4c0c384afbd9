import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { Fault } from '../faults.ts';
import { serviceText } from '../log/index.ts';
import type { Pages } from './pages.ts';
import { createEnding, throwIfEnded } from './ending.ts';
import { cancelAtLoopback } from './loopback-cancel.ts';
import type { Interaction } from './interaction.ts';

export interface BrowserInteractionOptions {
  readonly openBrowser: (address: string) => Promise<void>;
  readonly pages: Pages;
  /** Milliseconds a person has. */
  readonly timeoutMs: number;
}

/**
 * Sign-in in the system browser (authorization code with PKCE on loopback, RFC 8252). No `domain_hint`: in a federated
 * domain it would skip the choice of the account ("Home realm discovery"), and a partner or guest could not sign in.
 */
export function browserInteraction(
  client: PublicClientApplication,
  { openBrowser, pages, timeoutMs }: BrowserInteractionOptions,
): Interaction {
  return async ({ scopes, authority, claims, loginHint, signal }) => {
    const ending = createEnding(timeoutMs, signal);
    throwIfEnded(ending);
    let waiting: string | null = null;
    const cancel = () => {
      if (waiting !== null) void cancelAtLoopback(waiting);
    };
    ending.signal.addEventListener('abort', cancel, { once: true });
    try {
      const result: AuthenticationResult = await client.acquireTokenInteractive({
        scopes: [...scopes],
        authority,
        ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
        ...(claims === undefined ? {} : { claims }),
        successTemplate: pages.success,
        errorTemplate: pages.failure,
        openBrowser: async (address) => {
          throwIfEnded(ending);
          const opened = openBrowser(address).catch((error: unknown) => {
            throw error instanceof Fault
              ? error
              : new Fault('sign-in.browser-failed', { params: { detail: serviceText(String(error)) }, cause: error });
          });
          await Promise.race([opened, ending.ended]);
          waiting = address;
          if (ending.fault() !== null) cancel();
        },
      });
      throwIfEnded(ending);
      return result;
    } catch (error) {
      throw ending.fault() ?? error;
    } finally {
      ending.release();
    }
  };
}
