import { randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Certificate } from '../../certificates/index.ts';
import { clouds } from '../../clouds/index.ts';
import type { Fetch } from '../../http/index.ts';

const { global: cloud } = clouds;

/** Microsoft's service said no, in its own words. */
export class TenantRefusal extends Error {
  override readonly name = 'TenantRefusal';
}

export interface TenantClientOptions {
  readonly clientId: string;
  readonly tenantId: string;
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  /** Leads to the practice tenant. */
  readonly fetch: Fetch;
  readonly now: () => Date;
}

/** What a server with a credential of its own does in a tenant. Each call rejects with TenantRefusal. */
export interface TenantClient {
  /** App-only access token. */
  token(resource: 'graph' | 'exchange'): Promise<{ readonly accessToken: string; readonly roles: readonly string[] }>;
  /** Every user with a mailbox. */
  users(accessToken: string): Promise<readonly { readonly userPrincipalName: string; readonly displayName: string }[]>;
  /** Opens the inbox of a mailbox by Graph. */
  openMailbox(accessToken: string, mailbox: string): Promise<void>;
}

const tokenAnswer = z.looseObject({ access_token: z.string() });
const tokenRefusal = z.looseObject({ error_description: z.string() });
const graphRefusal = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) });
const claims = z.looseObject({ roles: z.array(z.string()).default([]) });
const userPage = z.looseObject({
  value: z.array(z.looseObject({ userPrincipalName: z.string(), displayName: z.string(), mail: z.string().nullish() })),
  '@odata.nextLink': z.string().optional(),
});

const rolesOf = (accessToken: string): string[] =>
  claims.parse(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'))).roles;

/**
 * A client of the practice tenant over HTTP. Its assertions are those of MSAL: PS256, `x5t#S256`, ten minutes, the token endpoint
 * as audience (Microsoft identity platform, "Certificate credentials"; msal-node, `ClientAssertion`). They are signed here because
 * MSAL takes the time of this computer, and the practice tenant's may be another.
 */
export function createTenantClient({ clientId, tenantId, certificate, privateKey, fetch, now }: TenantClientOptions): TenantClient {
  const endpoint = `${cloud.authority}/${tenantId}/oauth2/v2.0/token`;

  const assertion = (): Promise<string> => {
    const seconds = Math.floor(now().getTime() / 1000);
    return new SignJWT({ aud: endpoint, iss: clientId, sub: clientId, jti: randomUUID(), nbf: seconds, exp: seconds + 600 })
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url') })
      .sign(privateKey);
  };

  const read = async (path: string, accessToken: string): Promise<unknown> => {
    const response = await fetch(path, { headers: { authorization: `Bearer ${accessToken}` } });
    const body: unknown = await response.json();
    if (response.ok) return body;
    const { error } = graphRefusal.parse(body);
    throw new TenantRefusal(`The remote server returned an error: (${response.status}) ${error.code}: ${error.message}`);
  };

  return {
    token: async (resource) => {
      const form = new URLSearchParams({
        client_id: clientId,
        scope: `${resource === 'graph' ? cloud.graph : cloud.exchange}/.default`,
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(),
      });
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      });
      const body: unknown = await response.json();
      const what = resource === 'graph' ? 'Microsoft Graph API' : 'Exchange Online';
      // "Requesting Microsoft Graph API token failed: AADSTS…" (MailStore's words as its resellers quote them).
      if (!response.ok) throw new TenantRefusal(`Requesting ${what} token failed: ${tokenRefusal.parse(body).error_description}`);
      const { access_token: accessToken } = tokenAnswer.parse(body);
      return { accessToken, roles: rolesOf(accessToken) };
    },
    users: async (accessToken) => {
      const found: z.infer<typeof userPage>['value'] = [];
      let next: string | undefined = `${cloud.graph}/v1.0/users?$select=userPrincipalName,displayName,mail`;
      while (next !== undefined) {
        const page: z.infer<typeof userPage> = userPage.parse(await read(next, accessToken));
        found.push(...page.value);
        next = page['@odata.nextLink'];
      }
      return found.filter(({ mail }) => typeof mail === 'string');
    },
    openMailbox: async (accessToken, mailbox) =>
      void (await read(`${cloud.graph}/v1.0/users/${encodeURIComponent(mailbox)}/mailFolders/inbox`, accessToken)),
  };
}
