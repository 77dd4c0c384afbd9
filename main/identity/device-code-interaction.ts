import type { PublicClientApplication } from '@azure/msal-node';
import { createEnding, throwIfEnded } from './ending.ts';
import type { Interaction } from './interaction.ts';
import type { DeviceCode } from './session.ts';

/** Entra's codes live fifteen minutes; this only ends a wait that Entra itself forgot to end. */
const longestMs = 20 * 60_000;

/** Sign-in with a code on any device (RFC 8628), where no browser can open on this one. */
export function deviceCodeInteraction(client: PublicClientApplication, showCode: (code: DeviceCode) => void): Interaction {
  return async ({ scopes, authority, claims, signal }) => {
    const ending = createEnding(longestMs, signal);
    throwIfEnded(ending);
    const request = {
      scopes: [...scopes],
      authority,
      ...(claims === undefined ? {} : { claims }),
      cancel: false,
      deviceCodeCallback: ({
        userCode,
        verificationUri,
        expiresIn,
        message,
      }: {
        userCode: string;
        verificationUri: string;
        expiresIn: number;
        message: string;
      }) => showCode({ userCode, verificationUri, expiresIn, message }),
    };
    // MSAL looks at `cancel` only between two polls; the wait here ends at once.
    ending.signal.addEventListener('abort', () => (request.cancel = true), { once: true });
    const asking = client.acquireTokenByDeviceCode(request);
    try {
      const result = await Promise.race([asking, ending.ended]);
      throwIfEnded(ending);
      if (result === null) throw new Error('device code flow without a result');
      return result;
    } finally {
      ending.release();
    }
  };
}
