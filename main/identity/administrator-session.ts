import { InteractionRequiredAuthError, type AccountInfo, type AuthenticationResult, type PublicClientApplication } from '@azure/msal-node';
import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import { askPerson, type Interaction } from './interaction.ts';
import { messageOnly } from './entra-error.ts';
import type { MsalNetwork } from './msal-network.ts';
import type { AdministratorSession, Scopes } from './session.ts';
import { signInFault } from './sign-in-fault.ts';
import { decodeClaims, listClaim, textClaim } from './token-claims.ts';

export interface SessionParts {
  readonly client: PublicClientApplication;
  readonly network: MsalNetwork;
  readonly interaction: Interaction;
  readonly cloud: Cloud;
  readonly signal?: AbortSignal;
}

const asClaims = (value: object | undefined): Readonly<Record<string, unknown>> => ({ ...value });

function directoryRolesOf(result: AuthenticationResult): readonly string[] {
  const both = [...listClaim(decodeClaims(result.accessToken), 'wids'), ...listClaim(asClaims(result.idTokenClaims), 'wids')];
  return [...new Set(both)];
}

/** Delegated scopes as full addresses of the cloud's Graph host, which MSAL needs outside the global cloud. */
export const fullScopes = (cloud: Cloud, scopes: Scopes): string[] => scopes.map((scope) => `${cloud.graph}/${scope}`);

/** The signed-in administrator behind the first answer of Entra. Everything lives in `client`, in memory. */
export function administratorSession(
  first: AuthenticationResult,
  { client, network, interaction, cloud, signal }: SessionParts,
): AdministratorSession {
  const { tenantId, account: firstAccount } = first;
  const claims = asClaims(first.idTokenClaims);
  const objectId = textClaim(claims, 'oid') || first.uniqueId;
  // The tenant of the token, not `organizations`: a guest's refresh token would else answer for the home tenant.
  const authority = `${cloud.authority}/${tenantId}`;
  let account: AccountInfo | null = firstAccount;
  let directoryRoles = directoryRolesOf(first);
  let turn: Promise<unknown> = Promise.resolve();

  function accept(result: AuthenticationResult): string {
    const actual = textClaim(asClaims(result.idTokenClaims), 'oid') || result.uniqueId;
    if (result.tenantId !== tenantId || actual !== objectId) {
      throw new Fault('sign-in.other-account', {
        params: { meant: firstAccount?.username ?? objectId, actual: result.account?.username ?? actual },
      });
    }
    account = result.account ?? account;
    directoryRoles = directoryRolesOf(result);
    return result.accessToken;
  }

  async function obtain(scopes: readonly string[], challenge: string | undefined): Promise<string> {
    if (account === null) throw new Error('the session was forgotten');
    network.reset();
    const question = { scopes, authority, ...(challenge === undefined ? {} : { claims: challenge }) };
    try {
      return accept(await client.acquireTokenSilent({ ...question, scopes: [...scopes], account }));
    } catch (error) {
      if (!(error instanceof InteractionRequiredAuthError) || error.subError === messageOnly) throw error;
      const wanted = error.claims === '' ? challenge : error.claims;
      const loginHint = account.loginHint ?? account.username;
      const again = {
        scopes,
        authority,
        loginHint,
        ...(wanted === undefined ? {} : { claims: wanted }),
        ...(signal === undefined ? {} : { signal }),
      };
      return accept(await askPerson(interaction, again, network));
    }
  }

  return {
    tenantId,
    username: first.account?.username ?? textClaim(claims, 'preferred_username'),
    displayName: textClaim(claims, 'name') || (first.account?.name ?? ''),
    objectId,
    get clockDifference() {
      return network.clockDifference();
    },
    get directoryRoles() {
      return directoryRoles;
    },
    // One at a time: parallel requests that all need consent must not open a browser each.
    accessToken: (scopes, challenge) => {
      const mine = turn
        .then(() => obtain(fullScopes(cloud, scopes), challenge))
        .catch((error: unknown) => {
          throw signInFault(error, 'sign-in', network);
        });
      turn = mine.catch(() => {});
      return mine;
    },
    forget: async () => {
      const leaving = account;
      account = null;
      if (leaving !== null) await client.signOut({ account: leaving });
      client.clearCache();
    },
  };
}
