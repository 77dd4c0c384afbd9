import type { PracticeTenant, StoredApplication } from '../world.ts';
import { directoriesOf, isKnown, type Realm } from './realm.ts';
import { refusals } from './refusals.ts';

/** Microsoft Graph Command Line Tools: a public client of Microsoft that every tenant knows. */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** A client application as the sign-in knows it. */
export interface Client {
  readonly appId: string;
  readonly displayName: string;
  /** Registered redirect URIs of all platforms. */
  readonly redirectUris: readonly string[];
  readonly firstParty: boolean;
  /** True where only a public client may not authenticate (`isFallbackPublicClient`, or a first-party public client). */
  readonly publicClient: boolean;
  readonly application: StoredApplication | null;
}

const firstPartyClient: Client = {
  appId: graphCommandLineTools,
  displayName: 'Microsoft Graph Command Line Tools',
  redirectUris: ['http://localhost'],
  firstParty: true,
  publicClient: true,
  application: null,
};

const isMultiTenant = ({ signInAudience }: StoredApplication): boolean =>
  signInAudience !== undefined && signInAudience !== null && signInAudience !== 'AzureADMyOrg';

const clientOf = (application: StoredApplication): Client => ({
  appId: application.appId,
  displayName: application.displayName ?? '',
  redirectUris: [
    ...(application.publicClient?.redirectUris ?? []),
    ...(application.web?.redirectUris ?? []),
    ...(application.spa?.redirectUris ?? []),
  ],
  firstParty: false,
  publicClient: application.isFallbackPublicClient === true,
  application,
});

/**
 * The client with this id as `tenant` knows it; `null` = asked at `organizations` or `common`. Refuses with 700016,
 * 50194 and 7000112.
 */
export function findClient(clientId: string, tenant: PracticeTenant | null, realm: Realm): Client {
  const id = clientId.toLowerCase();
  if (id === graphCommandLineTools) {
    if (tenant !== null) checkEnabled(firstPartyClient, tenant);
    return firstPartyClient;
  }
  const known = directoriesOf(realm).flatMap((home) => home.applications.map((application) => ({ home, application })));
  const found = known.find(
    ({ application }) => application.appId === id && isKnown(realm.world.state.replicatedAt, application.id, realm.world),
  );
  const foreign = found !== undefined && tenant !== null && found.home.id !== tenant.id;
  if (found === undefined || (foreign && !isMultiTenant(found.application)))
    throw refusals.applicationUnknown(clientId, tenant?.displayName ?? 'organizations');
  const client = clientOf(found.application);
  if (tenant === null && !isMultiTenant(found.application)) throw refusals.notMultiTenant(client);
  if (tenant !== null) checkEnabled(client, tenant);
  return client;
}

/** 7000112: "Enabled for users to sign in" is off. */
function checkEnabled(client: Client, tenant: PracticeTenant): void {
  if (tenant.servicePrincipals.some(({ appId, accountEnabled }) => appId === client.appId && accountEnabled === false))
    throw refusals.applicationDisabled(client);
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);
const pathOf = (url: URL): string => url.pathname.replace(/^\/$/, '') + url.search;

/**
 * Exact match, except that the port does not count for http on loopback (Microsoft identity platform, "Redirect URI
 * restrictions and limitations", "Localhost exceptions"; RFC 8252 §7.3).
 */
export function matchesRedirectUri(registered: string, asked: string): boolean {
  if (registered === asked) return true;
  if (!URL.canParse(registered) || !URL.canParse(asked)) return false;
  const [known, given] = [new URL(registered), new URL(asked)];
  return (
    known.protocol === 'http:' &&
    given.protocol === 'http:' &&
    loopback.has(known.hostname) &&
    known.hostname === given.hostname &&
    pathOf(known) === pathOf(given) &&
    given.hash === ''
  );
}

/** Refuses with 500113 and 50011. */
export function checkRedirectUri(client: Client, redirectUri: string): void {
  if (client.redirectUris.length === 0) throw refusals.replyAddressMissing(client.appId);
  if (!client.redirectUris.some((registered) => matchesRedirectUri(registered, redirectUri)))
    throw refusals.replyAddressUnknown(redirectUri, client.appId);
}
