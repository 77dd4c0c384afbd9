import { LogLevel, PublicClientApplication, type AuthenticationResult } from '@azure/msal-node';
import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import { administratorSession, fullScopes } from './administrator-session.ts';
import { askPerson, type Interaction } from './interaction.ts';
import { createMsalNetwork, type MsalNetworkOptions } from './msal-network.ts';
import type { AdministratorSession, Scopes } from './session.ts';
import { graphCommandLineTools } from './sign-in-client.ts';
import { signInFault } from './sign-in-fault.ts';

export interface SignIn {
  readonly cloud: Cloud;
  readonly tenant?: string;
  readonly clientId?: string;
  readonly scopes: Scopes;
  readonly loginHint?: string;
  readonly signal?: AbortSignal;
}

const isGuid = (value: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/**
 * Signs one person in. A client of its own per sign-in, with its cache in memory only: the refresh token of an
 * administrator is never written anywhere.
 *
 * @throws Fault sign-in.*, service.*, interrupted
 */
export async function signInPerson(
  { cloud, tenant, clientId = graphCommandLineTools, scopes, loginHint, signal }: SignIn,
  options: Omit<MsalNetworkOptions, 'host' | 'signal'>,
  interactionOf: (client: PublicClientApplication) => Interaction,
): Promise<AdministratorSession> {
  const abort = signal === undefined ? {} : { signal };
  const network = createMsalNetwork({ ...options, host: new URL(cloud.authority).host, ...abort });
  const authority = `${cloud.authority}/${encodeURIComponent(tenant ?? 'organizations')}`;
  const client = new PublicClientApplication({
    auth: { clientId, authority, clientCapabilities: ['cp1'] }, // understands claims challenges
    system: {
      networkClient: network,
      loggerOptions: {
        piiLoggingEnabled: false,
        logLevel: LogLevel.Warning,
        loggerCallback: (level, message, containsPii) => {
          if (!containsPii) options.log[level === LogLevel.Error ? 'warn' : 'info']('identity.msal', { message });
        },
      },
    },
  });
  const interaction = interactionOf(client);
  let result: AuthenticationResult;
  try {
    result = await askPerson(
      interaction,
      { scopes: fullScopes(cloud, scopes), authority, ...(loginHint === undefined ? {} : { loginHint }), ...abort },
      network,
    );
  } catch (error) {
    client.clearCache();
    throw signInFault(error, 'sign-in', network);
  }
  if (tenant !== undefined && isGuid(tenant) && tenant.toLowerCase() !== result.tenantId.toLowerCase()) {
    client.clearCache();
    throw new Fault('sign-in.wrong-tenant', {
      params: { meant: tenant, actual: result.tenantId, username: result.account?.username ?? '' },
    });
  }
  return administratorSession(result, { client, network, interaction, cloud, ...abort });
}
