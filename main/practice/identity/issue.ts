import { createHash, randomBytes } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { isExternal } from '../accounts.ts';
import { applicationPrincipal, memberOfDirectory } from '../directory-roles.ts';
import type { PracticeTenant, StoredServicePrincipal } from '../world.ts';
import type { Client } from './clients.ts';
import { homeIdentity, type Person } from './people.ts';
import { isKnown, type Realm } from './realm.ts';

/** Seconds. Entra gives 60 to 90 minutes ("Access tokens", "Token lifetime"). */
export const tokenLifetime = 3599;

const sign = (payload: JWTPayload, { key }: Realm): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: key.kid, kid: key.kid }).sign(key.privateKey);

function times({ world }: Realm): { iat: number; nbf: number; exp: number } {
  const seconds = Math.floor(world.now().getTime() / 1000);
  return { iat: seconds, nbf: seconds, exp: seconds + tokenLifetime };
}

/** Issuer of version 1.0 access tokens, which Graph and Exchange ask for ("Access token claims reference", `iss`). */
export const issuerOf = (tenant: PracticeTenant, authority: string): string =>
  authority.endsWith('.cn') ? `https://sts.chinacloudapi.cn/${tenant.id}/` : `https://sts.windows.net/${tenant.id}/`;

const tokenId = (): string => randomBytes(16).toString('base64url');

interface Common {
  readonly tenant: PracticeTenant;
  readonly audience: string;
  readonly authority: string;
  readonly client: Pick<Client, 'appId' | 'displayName'>;
}

const common = ({ tenant, audience, authority, client }: Common, realm: Realm): JWTPayload => ({
  aud: audience,
  iss: issuerOf(tenant, authority),
  ...times(realm),
  app_displayname: client.displayName,
  appid: client.appId,
  idp: issuerOf(tenant, authority),
  tid: tenant.id,
  uti: tokenId(),
  ver: '1.0',
});

export interface PersonToken extends Omit<Common, 'tenant'> {
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly multiFactor: boolean;
  /** Client capabilities such as `cp1`. */
  readonly capabilities: readonly string[];
}

/** Delegated access token. A partner has no object in the directory, and his roles stand in `wids` only. */
export function personAccessToken({ person, scopes, multiFactor, capabilities, ...token }: PersonToken, realm: Realm): Promise<string> {
  const { account, tenant } = person;
  return sign(
    {
      ...common({ ...token, tenant }, realm),
      acr: '1',
      amr: multiFactor ? ['pwd', 'mfa'] : ['pwd'],
      appidacr: '0',
      idtyp: 'user',
      name: account.displayName,
      oid: account.objectId,
      scp: scopes.join(' '),
      sub: createHash('sha256').update(`${account.objectId} ${token.audience}`).digest('base64url'),
      unique_name: account.upn,
      ...(isExternal(account) ? { email: account.upn } : { upn: account.upn }),
      wids: account.trait === 'gdap' ? account.wids : [...account.wids, memberOfDirectory],
      ...(capabilities.length === 0 ? {} : { xms_cc: capabilities }),
    },
    realm,
  );
}

/** Application roles that tokens know already: assignments on this resource whose time has come. */
export function rolesOf(
  principal: StoredServicePrincipal,
  resource: StoredServicePrincipal,
  tenant: PracticeTenant,
  { world }: Realm,
): string[] {
  const roleIds = tenant.appRoleAssignments
    .filter(
      ({ id, principalId, resourceId }) =>
        principalId === principal.id && resourceId === resource.id && isKnown(world.state.inTokensAt, id, world),
    )
    .map(({ appRoleId }) => appRoleId);
  return (resource.appRoles ?? []).flatMap(({ id, value, isEnabled }) =>
    isEnabled !== false && typeof value === 'string' && roleIds.includes(id ?? '') ? [value] : [],
  );
}

export interface ApplicationToken extends Common {
  readonly principal: StoredServicePrincipal;
  readonly roles: readonly string[];
  /** How the application proved itself: 1 = with a secret, 2 = with a certificate. */
  readonly appidacr: '1' | '2';
}

/** App-only access token. */
export function applicationAccessToken({ principal, roles, appidacr, ...token }: ApplicationToken, realm: Realm): Promise<string> {
  return sign(
    {
      ...common(token, realm),
      appidacr,
      idtyp: 'app',
      oid: principal.id,
      ...(roles.length === 0 ? {} : { roles: [...roles] }),
      sub: principal.id,
      wids: [applicationPrincipal],
    },
    realm,
  );
}

/** Left half of the SHA-256 of a code, so that the client knows they belong together (OpenID Connect Core 1.0 §3.3.2.11). */
const codeHash = (code: string): string => createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url');

export interface IdTokenContext {
  readonly nonce: string | null;
  /** The code that comes with it (hybrid flow); null at the token endpoint and where there is none. */
  readonly code: string | null;
}

/** ID token of version 2.0 ("ID token claims reference"). */
export function idToken(person: Person, client: Client, { nonce, code }: IdTokenContext, authority: string, realm: Realm): Promise<string> {
  const { account, tenant } = person;
  return sign(
    {
      aud: client.appId,
      iss: `${authority}/${tenant.id}/v2.0`,
      ...times(realm),
      ...(code === null ? {} : { c_hash: codeHash(code) }),
      name: account.displayName,
      ...(nonce === null ? {} : { nonce }),
      oid: account.objectId,
      preferred_username: account.upn,
      sub: createHash('sha256').update(`${account.objectId} ${client.appId}`).digest('base64url'),
      tid: tenant.id,
      uti: tokenId(),
      ver: '2.0',
    },
    realm,
  );
}

/** Who the account is at home, for MSAL's cache. */
export const clientInfo = (person: Person, realm: Realm): string =>
  Buffer.from(JSON.stringify(homeIdentity(person, realm))).toString('base64url');
